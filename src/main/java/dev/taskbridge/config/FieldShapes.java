package dev.taskbridge.config;

import dev.taskbridge.config.FieldsConfig.Artifacts;
import dev.taskbridge.config.FieldsConfig.Assignee;
import dev.taskbridge.config.FieldsConfig.Conflict;
import dev.taskbridge.config.FieldsConfig.Custom;
import dev.taskbridge.config.FieldsConfig.Dependency;
import dev.taskbridge.config.FieldsConfig.Direction;
import dev.taskbridge.config.FieldsConfig.DueDate;
import dev.taskbridge.config.FieldsConfig.Notes;
import dev.taskbridge.config.FieldsConfig.Plain;
import dev.taskbridge.config.FieldsConfig.Priority;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.MapOf;
import dev.taskbridge.config.shape.OtherKeys;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code fields:}. */
final class FieldShapes {
  /** A ServiceNow table or column. */
  static final String COLUMN = "[a-z][a-z0-9_]*";

  private static final Pattern CUSTOM_ID =
      Pattern.compile(SystemShapes.CUSTOM_FIELD + "|" + COLUMN);

  static final Key<Conflict> CONFLICT =
      Key.or(
          "conflict",
          Words.choice(Conflict.values()),
          Conflict.NEWEST,
          Words.of(Conflict.NEWEST),
          "Whose value stays when both sides changed; `ask` leaves it to a person.");

  /** For fields that can go both ways. */
  static final Key<Direction> BOTH_WAYS = direction(Direction.BOTH);

  /** For texts that as a rule are written on one side. */
  private static final Key<Direction> MOSTLY_TO_TICKET = direction(Direction.TO_TICKET);

  /** For what a task cannot be given. */
  private static final Key<Direction> TO_TICKET_ONLY =
      Key.or(
          "direction",
          Words.choice(Direction.TO_TICKET, Direction.OFF),
          Direction.TO_TICKET,
          Words.of(Direction.TO_TICKET),
          "A task has no such field to write, so it goes one way.");

  private FieldShapes() {}

  static Section<FieldsConfig> all() {
    Key<Plain> title =
        Key.or(
            "title",
            plain(BOTH_WAYS),
            new Plain(Direction.BOTH, Conflict.NEWEST),
            "{}",
            "The task's name and the ticket's summary.");
    Key<Optional<Plain>> description =
        Key.optional("description", plain(MOSTLY_TO_TICKET), "The description.");
    Key<Optional<FieldsConfig.Status>> status =
        Key.optional("status", StatusShape.section(), "The status.");
    Key<Optional<Assignee>> assignee = Key.optional("assignee", assignee(), "Who is to do it.");
    Key<Optional<DueDate>> dueDate = Key.optional("dueDate", dueDate(), "When it is due.");
    Key<Optional<Priority>> priority =
        Key.optional("priority", priority(), "The ticket's priority.");
    Key<Optional<Notes>> notes =
        Key.optional("notes", notes(), "The task's notes and the ticket's comments.");
    Key<Optional<Dependency>> dependency =
        Key.optional("dependency", dependency(), "The task that has to be closed first.");
    Key<Optional<Artifacts>> artifacts =
        Key.optional(
            "artifacts", artifacts(), "The task's artifacts, as a block in the description.");
    OtherKeys<Custom> custom =
        new OtherKeys<>(
            "custom field",
            // Without a value it is rather one of the names above, mistyped.
            at ->
                CUSTOM_ID.matcher(at.name()).matches()
                    && (at.child("value").isPresent()
                        || at.name().matches(SystemShapes.CUSTOM_FIELD)),
            custom(),
            "A field of the ticketing system's own, by its id: `customfield_10042`, `u_case`.");
    return Section.<FieldsConfig>of(
            List.<Key<?>>of(
                title,
                description,
                status,
                assignee,
                dueDate,
                priority,
                notes,
                dependency,
                artifacts),
            (values, at) -> {
              Map<FieldName, Custom> byName = new LinkedHashMap<>();
              values.get(custom).forEach((id, field) -> byName.put(new FieldName(id), field));
              return new FieldsConfig(
                  values.get(title),
                  values.get(description),
                  values.get(status),
                  values.get(assignee),
                  values.get(dueDate),
                  values.get(priority),
                  values.get(notes),
                  values.get(dependency),
                  values.get(artifacts),
                  byName);
            })
        .with(custom);
  }

  private static Key<Direction> direction(Direction usual) {
    return Key.or(
        "direction",
        Words.choice(Direction.values()),
        usual,
        Words.of(usual),
        "Which way changes are carried.");
  }

  private static Section<Plain> plain(Key<Direction> direction) {
    return Section.of(
        List.of(direction, CONFLICT),
        (values, at) -> new Plain(values.get(direction), values.get(CONFLICT)));
  }

  private static Section<Assignee> assignee() {
    Key<Map<String, String>> users =
        Key.or(
            "users",
            MapOf.of("ThreatConnect user", Scalars.text("an e-mail address, a login or an id")),
            Map.of(),
            "by e-mail",
            "From a ThreatConnect user name to the ticket user, where the e-mail addresses differ.");
    Key<Map<String, FieldValue>> groups =
        Key.or(
            "groups",
            MapOf.of("ThreatConnect group", AssigneeTargetShape.somebody()),
            Map.of(),
            "none",
            "From a ThreatConnect group to who stands for it: `{ user: … }`, or with ServiceNow `{"
                + " group: … }`.");
    Key<Optional<FieldValue>> fallback =
        Key.or(
            "default",
            new AssigneeTargetShape(),
            Optional.empty(),
            AssigneeTargetShape.NONE,
            "Who gets what nobody can be found for; with `none` the field is shown as failing.");
    return Section.of(
        List.<Key<?>>of(BOTH_WAYS, CONFLICT, users, groups, fallback),
        (values, at) ->
            new Assignee(
                values.get(BOTH_WAYS),
                values.get(CONFLICT),
                values.get(users),
                values.get(groups),
                values.get(fallback)));
  }

  private static Section<DueDate> dueDate() {
    Key<ZoneId> zone =
        Key.or(
            "zone", Scalars.zone(), ZoneOffset.UTC, "UTC", "Where a ticket's day begins and ends.");
    return Section.of(
        List.of(BOTH_WAYS, CONFLICT, zone),
        (values, at) -> new DueDate(values.get(BOTH_WAYS), values.get(CONFLICT), values.get(zone)));
  }

  private static Section<Priority> priority() {
    Key<Priority.From> from =
        Key.or(
            "from",
            Words.choice(Priority.From.values()),
            Priority.From.SEVERITY,
            Words.of(Priority.From.SEVERITY),
            "What it follows: the case's severity, or whether the task is required.");
    List<String> severities = List.of("Low", "Medium", "High", "Critical");
    List<String> answers = List.of("true", "false");
    List<String> either =
        java.util.stream.Stream.concat(severities.stream(), answers.stream()).toList();
    Key<Map<String, String>> map =
        Key.required(
            "map",
            MapOf.among("severity", either, 1, Scalars.word("a priority")),
            "From a severity (or `true` and `false` for required) to the ticket's priority.");
    return Section.of(
            List.<Key<?>>of(TO_TICKET_ONLY, from, map),
            (values, at) ->
                new Priority(values.get(TO_TICKET_ONLY), values.get(from), values.get(map)))
        .checked(
            (values, at) -> {
              List<String> meant =
                  values.find(from).equals(Optional.of(Priority.From.REQUIRED))
                      ? answers
                      : severities;
              at.child("map").stream()
                  .flatMap(entries -> entries.children().stream())
                  .filter(entry -> either.contains(entry.name()))
                  .filter(entry -> !meant.contains(entry.name()))
                  .forEach(
                      entry ->
                          entry.problem(
                              "\""
                                  + entry.name()
                                  + "\" cannot come from "
                                  + values.find(from).map(Words::of).orElse("severity")
                                  + "; it gives "
                                  + String.join(", ", meant)));
            });
  }

  private static Section<Notes> notes() {
    Key<Visibility> visibility =
        Key.or(
            "visibility",
            Words.choice(Visibility.values()),
            Visibility.INTERNAL,
            Words.of(Visibility.INTERNAL),
            "Who may read a note once it is a comment.");
    return Section.of(
        List.of(BOTH_WAYS, visibility),
        (values, at) -> new Notes(values.get(BOTH_WAYS), values.get(visibility)));
  }

  private static Section<Dependency> dependency() {
    Key<String> link =
        Key.or(
            "link",
            Scalars.text("a type of issue link"),
            "Blocks",
            "Blocks",
            "The type of Jira's issue link; ServiceNow's parent needs none.");
    return Section.of(
        List.of(TO_TICKET_ONLY, link),
        (values, at) -> new Dependency(values.get(TO_TICKET_ONLY), values.get(link)));
  }

  private static Section<Artifacts> artifacts() {
    Key<Boolean> defang =
        Key.or(
            "defang",
            Scalars.flag(),
            true,
            "true",
            "Whether addresses and links are made harmless.");
    return Section.of(
        List.of(TO_TICKET_ONLY, defang),
        (values, at) -> new Artifacts(values.get(TO_TICKET_ONLY), values.get(defang)));
  }

  private static Section<Custom> custom() {
    Key<String> value =
        Key.required(
            "value",
            new TemplateShape(),
            "A text about the task; placeholders: "
                + String.join(
                    ", ", TemplateShape.PLACEHOLDERS.stream().map(it -> "`${" + it + "}`").toList())
                + ".");
    return Section.of(
        List.of(TO_TICKET_ONLY, value),
        (values, at) -> new Custom(values.get(TO_TICKET_ONLY), values.get(value)));
  }
}
