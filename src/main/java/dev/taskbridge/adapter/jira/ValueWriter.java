package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Values to the JSON that Jira takes, by the field's type. Names of choices and e-mails of people
 * are looked up; what has no counterpart is a refusal of the field that names the value, never a
 * cleared field.
 */
final class ValueWriter {
  /** Documented for summaries, which must be on one line, too. */
  static final int SUMMARY_LIMIT = 255;

  private static final int LABEL_LIMIT = 255;
  private static final String CUT = "\n\n[cut here: Jira takes no more; the whole text is %s]";

  private final InScope in;
  private final String taskUrl;

  /**
   * @param taskUrl where the whole of a cut text can be read; empty if that is not known here
   */
  ValueWriter(InScope in, String taskUrl) {
    this.in = in;
    this.taskUrl = taskUrl;
  }

  /** The JSON of {@code value}, null where it clears. */
  Outcome<JsonNode> json(FieldName name, FieldValue value, FieldMeta meta) {
    if (value.equals(FieldValue.ABSENT)) {
      return Outcome.done(
          meta.schema().type().equals("array") ? Json.array() : NullNode.getInstance());
    }
    if (name.equals(FieldName.TITLE)) {
      return text(name, value).map(text -> TextNode.valueOf(summary(text)));
    }
    if (meta.schema().isRichText()) {
      return text(name, value).map(text -> in.flavour().richText(text, mark()));
    }
    return switch (meta.schema().type()) {
      case "user" -> person(name, value);
      case "array" -> array(name, value, meta);
      case "date" -> date(name, value);
      case "datetime" -> moment(name, value);
      case "number" -> number(name, value);
      case "priority" -> priority(name, value, meta);
      case "option", "resolution", "version", "component", "securitylevel", "group" ->
          choice(name, value, meta);
      default -> value instanceof Choice ? choice(name, value, meta) : string(name, value);
    };
  }

  /** One line of at most 255 characters. */
  static String summary(String text) {
    String line = Words.clean(text).replaceAll("\\s+", " ").strip();
    return line.length() <= SUMMARY_LIMIT
        ? line
        : Words.cut(line, SUMMARY_LIMIT - 1).stripTrailing() + "…";
  }

  private String mark() {
    return CUT.formatted(taskUrl.isEmpty() ? "in the task" : "at " + taskUrl);
  }

  private static Outcome<String> text(FieldName name, FieldValue value) {
    return value instanceof FieldValue.Group
        ? rejected(name, "a text field cannot hold the " + value.shown())
        : Outcome.done(value.shown());
  }

  private static Outcome<JsonNode> string(FieldName name, FieldValue value) {
    return text(name, value)
        .map(text -> TextNode.valueOf(Words.clean(text).replaceAll("\\s+", " ").strip()));
  }

  private Outcome<JsonNode> person(FieldName name, FieldValue value) {
    if (value instanceof FieldValue.Group group) {
      return rejected(
          name,
          "a Jira issue cannot be assigned to the group \""
              + group.name()
              + "\"; map the group to a user in fields.assignee.groups");
    }
    User wanted = value instanceof User user ? user : User.withEmail(value.shown().strip());
    String project = name.equals(FieldName.ASSIGNEE) ? in.scope().project() : "";
    return in.site()
        .people()
        .named(in.flavour(), name, wanted, project)
        .map(found -> userReference(found.id()));
  }

  private ObjectNode userReference(String id) {
    return Json.object().put(in.flavour().userId(), id);
  }

  private Outcome<JsonNode> priority(FieldName name, FieldValue value, FieldMeta meta) {
    if (!meta.allowed().isEmpty()) {
      return choice(name, value, meta);
    }
    return in.site()
        .metadata()
        .priorities(in.flavour())
        .then(
            known ->
                choice(
                    name,
                    value,
                    new FieldMeta(meta.id(), meta.name(), false, meta.schema(), known)));
  }

  private Outcome<JsonNode> choice(FieldName name, FieldValue value, FieldMeta meta) {
    String wanted = value instanceof Choice choice ? choice.id() : value.shown();
    String label = value instanceof Choice choice ? choice.label() : wanted;
    Optional<FieldMeta.Allowed> allowed =
        meta.allowedCalled(wanted).or(() -> meta.allowedCalled(label));
    if (allowed.isPresent()) {
      return Outcome.done(reference(allowed.get(), meta.schema()));
    }
    if (!meta.allowed().isEmpty()) {
      return rejected(
          name,
          "Jira has no "
              + meta.name().toLowerCase(Locale.ROOT)
              + " \""
              + label
              + "\" here; it has "
              + Words.list(meta.labels()));
    }
    return Outcome.done(named(label, meta.schema()));
  }

  private static ObjectNode reference(FieldMeta.Allowed allowed, Schema schema) {
    return allowed.id().isEmpty()
        ? named(allowed.label(), schema)
        : Json.object().put("id", allowed.id());
  }

  private static ObjectNode named(String label, Schema schema) {
    boolean option = schema.type().equals("option") || schema.items().equals("option");
    return Json.object().put(option ? "value" : "name", label);
  }

  private Outcome<JsonNode> array(FieldName name, FieldValue value, FieldMeta meta) {
    if (name.equals(FieldName.LABELS)) {
      return Outcome.done(Json.texts(labels(words(value))));
    }
    ArrayNode array = Json.array();
    for (String each : words(value)) {
      Outcome<JsonNode> element = element(name, each, meta);
      if (element.refusal().isPresent()) {
        return element;
      }
      element.value().ifPresent(array::add);
    }
    return Outcome.done(array);
  }

  private Outcome<JsonNode> element(FieldName name, String word, FieldMeta meta) {
    return switch (meta.schema().items()) {
      case "string", "" -> Outcome.done(TextNode.valueOf(label(word)));
      case "user" -> person(name, User.withEmail(word));
      default -> choice(name, Choice.named(word), meta);
    };
  }

  private static Collection<String> words(FieldValue value) {
    return value instanceof Names names ? names.names() : List.of(value.shown());
  }

  /** Labels as Jira takes them: no white space, at most 255 characters (reported). */
  static TreeSet<String> labels(Collection<String> wanted) {
    TreeSet<String> labels = new TreeSet<>();
    wanted.stream().map(ValueWriter::label).filter(label -> !label.isEmpty()).forEach(labels::add);
    return labels;
  }

  static String label(String text) {
    return Words.cut(Words.clean(text).strip().replaceAll("\\s+", "_"), LABEL_LIMIT);
  }

  private static Outcome<JsonNode> date(FieldName name, FieldValue value) {
    if (value instanceof Day day) {
      return Outcome.done(TextNode.valueOf(day.date().toString()));
    }
    try {
      return Outcome.done(TextNode.valueOf(LocalDate.parse(value.shown().strip()).toString()));
    } catch (DateTimeException e) {
      return rejected(name, "\"" + value.shown() + "\" is no date such as 2026-03-09");
    }
  }

  private static Outcome<JsonNode> moment(FieldName name, FieldValue value) {
    if (value instanceof Moment moment) {
      return Outcome.done(TextNode.valueOf(JiraTime.format(moment.instant())));
    }
    return JiraTime.parse(value.shown().strip())
        .<Outcome<JsonNode>>map(instant -> Outcome.done(TextNode.valueOf(JiraTime.format(instant))))
        .orElseGet(
            () ->
                rejected(
                    name, "\"" + value.shown() + "\" is no time such as 2026-03-09T14:05:00Z"));
  }

  private static Outcome<JsonNode> number(FieldName name, FieldValue value) {
    try {
      return Outcome.done(DecimalNode.valueOf(new BigDecimal(value.shown().strip())));
    } catch (NumberFormatException e) {
      return rejected(name, "\"" + value.shown() + "\" is no number");
    }
  }

  static <T> Outcome<T> rejected(FieldName name, String words) {
    return Outcome.refused(new Refusal.Rejected(Optional.of(name), words));
  }
}
