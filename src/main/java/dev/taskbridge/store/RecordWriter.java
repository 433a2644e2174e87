package dev.taskbridge.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what the store keeps as JSON. Canonical: keys in one order, sets and maps sorted, what is
 * empty left out, so that equal values give equal text and {@link Sight} can hash it. Everything
 * outside ASCII is escaped: PostgreSQL takes neither NUL nor a half surrogate pair, and people's
 * text may hold both.
 */
final class RecordWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private RecordWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The whole task. */
  static String task(Task task) {
    return text(writer -> writer.writeTask(task, true));
  }

  /** What of a task counts when asking whether it changed: all but its case's clock. */
  static String contentOf(Task task) {
    return text(writer -> writer.writeTask(task, false));
  }

  /** The whole ticket. */
  static String ticket(Ticket ticket) {
    return text(writer -> writer.writeTicket(ticket, true));
  }

  /** What of a ticket counts when asking whether it changed: all but its clock and version. */
  static String contentOf(Ticket ticket) {
    return text(writer -> writer.writeTicket(ticket, false));
  }

  static String values(Map<FieldName, FieldValue> values) {
    return text(writer -> writer.writeValues(values));
  }

  static String fields(Map<FieldName, FieldRecord> fields) {
    return text(writer -> writer.writeFields(fields));
  }

  static String commentPair(CommentPair pair) {
    return text(writer -> writer.writeCommentPair(pair));
  }

  private interface Writing {
    void to(RecordWriter writer) throws IOException;
  }

  private static String text(Writing writing) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(new RecordWriter(json));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private void writeTask(Task task, boolean whole) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", task.id());
    json.writeStringField("xid", task.xid());
    json.writeStringField("name", task.name());
    optional("description", task.description());
    json.writeStringField("status", task.status().word());
    if (task.required()) {
      json.writeBooleanField("required", true);
    }
    optional("dueDate", task.dueDate());
    value("assignee", task.assignee());
    if (task.dependentOn().isPresent()) {
      json.writeNumberField("dependentOn", task.dependentOn().getAsLong());
    }
    json.writeNumberField("phase", task.phase());
    json.writeNumberField("step", task.step());
    json.writeObjectFieldStart("parentCase");
    Task.ParentCase parent = task.parentCase();
    json.writeNumberField("id", parent.id());
    optional("name", parent.name());
    optional("severity", parent.severity());
    optional("status", parent.status());
    if (whole) {
      optional("lastUpdated", parent.lastUpdated());
    }
    json.writeEndObject();
    if (!task.artifacts().isEmpty()) {
      json.writeArrayFieldStart("artifacts");
      for (Task.Artifact artifact : task.artifacts()) {
        json.writeStartObject();
        json.writeNumberField("id", artifact.id());
        optional("type", artifact.type());
        optional("summary", artifact.summary());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    optional("url", task.url());
    json.writeEndObject();
  }

  private void writeTicket(Ticket ticket, boolean whole) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", ticket.id());
    json.writeStringField("key", ticket.key());
    optional("url", ticket.url());
    if (whole) {
      json.writeStringField("updatedAt", ticket.updatedAt().toString());
      json.writeNumberField("version", ticket.version());
    }
    if (!ticket.idempotencyKeys().isEmpty()) {
      json.writeArrayFieldStart("idempotencyKeys");
      for (String key :
          ticket.idempotencyKeys().stream().map(IdempotencyKey::value).sorted().toList()) {
        json.writeString(key);
      }
      json.writeEndArray();
    }
    if (ticket.closed()) {
      json.writeBooleanField("closed", true);
    }
    json.writeFieldName("fields");
    writeValues(ticket.fields());
    json.writeEndObject();
  }

  private void writeValues(Map<FieldName, FieldValue> values) throws IOException {
    json.writeStartObject();
    for (Map.Entry<FieldName, FieldValue> field : new TreeMap<>(values).entrySet()) {
      value(field.getKey().word(), field.getValue());
    }
    json.writeEndObject();
  }

  private void writeFields(Map<FieldName, FieldRecord> fields) throws IOException {
    json.writeStartObject();
    for (Map.Entry<FieldName, FieldRecord> entry : new TreeMap<>(fields).entrySet()) {
      FieldRecord field = entry.getValue();
      json.writeObjectFieldStart(entry.getKey().word());
      base("base", field.base());
      json.writeStringField("verdict", field.verdict().word());
      optional("reason", field.reason());
      base("judged", field.judged());
      json.writeStringField("since", field.since().toString());
      if (field.attempts() != 0) {
        json.writeNumberField("attempts", field.attempts());
      }
      optional("retryAt", field.retryAt());
      if (field.keep().isPresent()) {
        json.writeStringField("keep", field.keep().get().word());
      }
      if (field.writing().isPresent()) {
        json.writeObjectFieldStart("writing");
        json.writeStringField("to", field.writing().get().to().word());
        value("from", field.writing().get().from());
        value("value", field.writing().get().value());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeCommentPair(CommentPair pair) throws IOException {
    json.writeStartObject();
    json.writeStringField("from", pair.from().word());
    json.writeStringField("originalId", pair.originalId());
    if (pair.copyId().isPresent()) {
      json.writeStringField("copyId", pair.copyId().get());
    }
    json.writeStringField("text", pair.text());
    json.writeStringField("copyText", pair.copyText());
    if (pair.gone()) {
      json.writeBooleanField("gone", true);
    }
    json.writeEndObject();
  }

  private void optional(String key, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(key, text);
    }
  }

  private void optional(String key, Optional<Instant> instant) throws IOException {
    if (instant.isPresent()) {
      json.writeStringField(key, instant.get().toString());
    }
  }

  private void base(String key, Optional<Base> base) throws IOException {
    if (base.isPresent()) {
      json.writeObjectFieldStart(key);
      value("onTask", base.get().onTask());
      value("onTicket", base.get().onTicket());
      json.writeEndObject();
    }
  }

  private void value(String key, FieldValue value) throws IOException {
    json.writeObjectFieldStart(key);
    value.match(PARTS).to(this);
    json.writeEndObject();
  }

  private static final FieldValue.Cases<Writing> PARTS =
      new FieldValue.Cases<>() {
        @Override
        public Writing absent() {
          return writer -> writer.json.writeStringField("kind", "absent");
        }

        @Override
        public Writing text(FieldValue.Text text) {
          return writer -> {
            writer.json.writeStringField("kind", "text");
            writer.json.writeStringField("text", text.text());
          };
        }

        @Override
        public Writing choice(FieldValue.Choice choice) {
          return writer -> {
            writer.json.writeStringField("kind", "choice");
            writer.json.writeStringField("id", choice.id());
            writer.json.writeStringField("label", choice.label());
          };
        }

        @Override
        public Writing user(FieldValue.User user) {
          return writer -> {
            writer.json.writeStringField("kind", "user");
            writer.json.writeStringField("id", user.id());
            writer.json.writeStringField("email", user.email());
            writer.json.writeStringField("name", user.name());
          };
        }

        @Override
        public Writing group(FieldValue.Group group) {
          return writer -> {
            writer.json.writeStringField("kind", "group");
            writer.json.writeStringField("id", group.id());
            writer.json.writeStringField("name", group.name());
          };
        }

        @Override
        public Writing day(FieldValue.Day day) {
          return writer -> {
            writer.json.writeStringField("kind", "day");
            writer.json.writeStringField("date", day.date().toString());
          };
        }

        @Override
        public Writing moment(FieldValue.Moment moment) {
          return writer -> {
            writer.json.writeStringField("kind", "moment");
            writer.json.writeStringField("instant", moment.instant().toString());
          };
        }

        @Override
        public Writing names(FieldValue.Names names) {
          return writer -> {
            writer.json.writeStringField("kind", "names");
            writer.json.writeArrayFieldStart("names");
            for (String name : names.names()) {
              writer.json.writeString(name);
            }
            writer.json.writeEndArray();
          };
        }
      };
}
