package dev.taskbridge.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what {@link RecordWriter} wrote, now or in an older release: unknown keys are passed over,
 * missing ones mean empty. Text that is no such record at all is damage, which is said and not
 * guessed around: a lost base would let a side win that should not.
 */
final class RecordReader {
  private static final ObjectReader JSON = JsonMapper.builder().build().reader();

  private RecordReader() {}

  /** What is stored cannot be understood; the message says why, the caller adds where. */
  static final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRecord(String why, Throwable cause) {
      super(why, cause);
    }
  }

  private interface Reading<T> {
    T from(JsonNode node);
  }

  private static <T> T read(String body, Reading<T> reading) {
    try {
      return reading.from(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new UnreadableRecord("not JSON: " + e.getOriginalMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableRecord("not such a record: " + e.getMessage(), e);
    }
  }

  static Task task(String body) {
    return read(body, RecordReader::readTask);
  }

  static Ticket ticket(String body) {
    return read(body, RecordReader::readTicket);
  }

  static Map<FieldName, FieldValue> values(String body) {
    return read(body, RecordReader::readValues);
  }

  static Map<FieldName, FieldRecord> fields(String body) {
    return read(body, RecordReader::readFields);
  }

  static CommentPair commentPair(LinkKey link, String key, String body) {
    return read(
        body,
        node ->
            new CommentPair(
                link,
                key,
                side(node.path("from")).orElse(Side.TASK),
                text(node, "originalId"),
                node.hasNonNull("copyId") ? Optional.of(text(node, "copyId")) : Optional.empty(),
                text(node, "text"),
                text(node, "copyText"),
                node.path("gone").asBoolean()));
  }

  private static Task readTask(JsonNode node) {
    JsonNode parent = node.path("parentCase");
    List<Task.Artifact> artifacts = new ArrayList<>();
    for (JsonNode artifact : node.path("artifacts")) {
      artifacts.add(
          new Task.Artifact(
              artifact.path("id").asLong(), text(artifact, "type"), text(artifact, "summary")));
    }
    String status = text(node, "status");
    return new Task(
        node.path("id").asLong(),
        text(node, "xid"),
        text(node, "name"),
        text(node, "description"),
        TaskStatus.ofWord(status)
            .orElseThrow(() -> new IllegalArgumentException("status \"" + status + "\"")),
        node.path("required").asBoolean(),
        instant(node, "dueDate"),
        value(node.path("assignee")),
        node.hasNonNull("dependentOn")
            ? OptionalLong.of(node.path("dependentOn").asLong())
            : OptionalLong.empty(),
        node.path("phase").asInt(),
        node.path("step").asInt(),
        new Task.ParentCase(
            parent.path("id").asLong(),
            text(parent, "name"),
            text(parent, "severity"),
            text(parent, "status"),
            instant(parent, "lastUpdated")),
        artifacts,
        text(node, "url"));
  }

  private static Ticket readTicket(JsonNode node) {
    Set<IdempotencyKey> keys = new HashSet<>();
    for (JsonNode key : node.path("idempotencyKeys")) {
      keys.add(new IdempotencyKey(key.asText()));
    }
    return new Ticket(
        text(node, "id"),
        text(node, "key"),
        text(node, "url"),
        instant(node, "updatedAt").orElse(Instant.EPOCH),
        node.path("version").asLong(),
        keys,
        node.path("closed").asBoolean(),
        readValues(node.path("fields")));
  }

  private static Map<FieldName, FieldValue> readValues(JsonNode node) {
    Map<FieldName, FieldValue> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      values.put(new FieldName(field.getKey()), value(field.getValue()));
    }
    return values;
  }

  private static Map<FieldName, FieldRecord> readFields(JsonNode node) {
    Map<FieldName, FieldRecord> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode field = entry.getValue();
      fields.put(
          new FieldName(entry.getKey()),
          new FieldRecord(
              base(field.path("base")),
              Verdict.valueOf(text(field, "verdict").toUpperCase(Locale.ROOT)),
              text(field, "reason"),
              base(field.path("judged")),
              instant(field, "since").orElse(Instant.EPOCH),
              field.path("attempts").asInt(),
              instant(field, "retryAt"),
              side(field.path("keep")),
              writing(field.path("writing"))));
    }
    return fields;
  }

  private static Optional<Base> base(JsonNode node) {
    return node.isObject()
        ? Optional.of(new Base(value(node.path("onTask")), value(node.path("onTicket"))))
        : Optional.empty();
  }

  private static Optional<FieldRecord.Writing> writing(JsonNode node) {
    FieldValue from = value(node.path("from"));
    // An older store does not tell what was to be written; its source alone then tells our work.
    FieldValue written = node.has("value") ? value(node.path("value")) : from;
    return side(node.path("to")).map(to -> new FieldRecord.Writing(to, from, written));
  }

  private static Optional<Side> side(JsonNode node) {
    return node.isTextual()
        ? Optional.of(Side.valueOf(node.asText().toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static FieldValue value(JsonNode node) {
    if (node instanceof MissingNode || node.isNull()) {
      return FieldValue.ABSENT;
    }
    String kind = text(node, "kind");
    return switch (kind) {
      case "absent" -> FieldValue.ABSENT;
      case "text" -> new FieldValue.Text(text(node, "text"));
      case "choice" -> new FieldValue.Choice(text(node, "id"), text(node, "label"));
      case "user" -> new FieldValue.User(text(node, "id"), text(node, "email"), text(node, "name"));
      case "group" -> new FieldValue.Group(text(node, "id"), text(node, "name"));
      case "day" -> new FieldValue.Day(LocalDate.parse(text(node, "date")));
      case "moment" -> new FieldValue.Moment(Instant.parse(text(node, "instant")));
      case "names" -> {
        TreeSet<String> names = new TreeSet<>();
        node.path("names").forEach(name -> names.add(name.asText()));
        yield new FieldValue.Names(names);
      }
      default -> throw new IllegalArgumentException("a value of kind \"" + kind + "\"");
    };
  }

  private static Optional<Instant> instant(JsonNode node, String key) {
    return node.hasNonNull(key) ? Optional.of(Instant.parse(text(node, key))) : Optional.empty();
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText("");
  }
}
