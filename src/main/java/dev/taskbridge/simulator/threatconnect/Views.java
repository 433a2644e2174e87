package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How rows look in answers. What is absent is left out, never null. */
final class Views {
  private static final Pattern TRAILING_ZEROS = Pattern.compile("0+Z$");
  private static final Set<String> PLAIN = Set.of();
  private static final String PARENT_CASE = "parentCase";

  /** What a task shows only if {@code fields} asks for it. */
  static final List<String> MORE_OF_TASK =
      List.of("artifacts", "caseId", "caseXid", "notes", PARENT_CASE);

  private final World world;

  /** Such as {@code http://127.0.0.1:8101}; known once the server listens. */
  private final Function<String, String> link;

  /**
   * @param link makes the absolute address of a path below {@code /api/v3/}
   */
  Views(World world, Function<String, String> link) {
    this.world = world;
    this.link = link;
  }

  JsonObject task(TaskRow row, Set<String> fields) {
    JsonObject json = plain(row);
    for (String field : MORE_OF_TASK) {
      if (fields.contains(field)) {
        json.put(field, more(row, field));
      }
    }
    return json;
  }

  /**
   * Writes many tasks fast: ten thousand with their cases make fifteen megabytes. The plain part is
   * kept with the version of the task, which never changes, and a case is written once per page.
   */
  Kind.PageWriter<TaskRow> tasks(Set<String> fields) {
    Map<Long, byte[]> cases = new HashMap<>();
    return (row, out) -> {
      byte[] plain = row.shown;
      if (plain == null) {
        plain = plain(row).toBuffer().getBytes();
        row.shown = plain;
      }
      out.write(plain, 0, plain.length - 1);
      for (String field : MORE_OF_TASK) {
        if (fields.contains(field)) {
          out.writeBytes((",\"" + field + "\":").getBytes(StandardCharsets.UTF_8));
          out.writeBytes(
              field.equals(PARENT_CASE)
                  ? cases.computeIfAbsent(row.caseId(), id -> encoded(more(row, field)))
                  : encoded(more(row, field)));
        }
      }
      out.write('}');
    };
  }

  private static byte[] encoded(Object json) {
    return Json.encode(json).getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject plain(TaskRow row) {
    JsonObject json = new JsonObject().put("id", row.id()).put("xid", row.xid());
    json.put("name", row.name);
    put(json, "description", row.description);
    json.put("workflowPhase", row.phase).put("workflowStep", row.step);
    put(json, "dueDate", seconds(row.dueDate));
    json.put("required", row.required);
    put(json, "dependentOnId", row.dependentOnId);
    json.put("status", row.status);
    put(json, "completedDate", seconds(row.completedDate));
    put(json, "completedBy", row.completedBy);
    put(json, "durationType", row.durationType);
    put(json, "duration", row.duration);
    put(json, "configTask", row.configTask);
    put(json, "assignee", assignee(row.assignee));
    return json.put("owner", World.OWNER);
  }

  private Object more(TaskRow row, String field) {
    return switch (field) {
      case "caseId" -> row.caseId();
      case "caseXid" -> world.caseOf(row.caseId()).xid();
      case "notes" -> data(world.notesByTask.get(row.id()), note -> note(note, PLAIN));
      case "artifacts" -> data(world.artifactsByTask.get(row.id()), it -> artifact(it, PLAIN));
      case PARENT_CASE -> investigation(world.caseOf(row.caseId()), PLAIN);
      default -> throw new IllegalArgumentException("a task has no field " + field);
    };
  }

  JsonObject investigation(CaseRow row, Set<String> fields) {
    JsonObject json = new JsonObject().put("id", row.id()).put("xid", row.xid());
    json.put("name", row.name).put("severity", row.severity).put("status", row.status);
    json.put("resolution", row.resolution);
    put(json, "description", row.description);
    put(json, "assignee", assignee(row.assignee));
    json.put("dateAdded", millis(row.dateAdded)).put("lastUpdated", millis(row.lastUpdated));
    json.put("createdBy", row.createdBy.toJson());
    put(json, "caseOpenTime", millis(row.caseOpenTime));
    json.put("caseOpenUser", row.createdBy.toJson());
    put(json, "caseCloseTime", millis(row.caseCloseTime));
    put(json, "caseCloseUser", row.caseCloseUser == null ? null : row.caseCloseUser.toJson());
    put(json, "caseDetectionTime", millis(row.caseDetectionTime));
    put(json, "caseOccurrenceTime", millis(row.caseOccurrenceTime));
    json.put("ownerId", World.OWNER_ID).put("owner", World.OWNER);
    if (fields.contains("tags")) {
      json.put("tags", data(row.tags, tag -> new JsonObject().put("name", tag)));
    }
    if (fields.contains("tasks")) {
      json.put("tasks", data(world.tasksByCase.get(row.id()), task -> task(task, PLAIN)));
    }
    if (fields.contains("notes")) {
      json.put(
          "notes",
          data(
              world.notesByCase.get(row.id()).stream().filter(NoteRow::isOnCase).toList(),
              note -> note(note, PLAIN)));
    }
    if (fields.contains("artifacts")) {
      json.put(
          "artifacts",
          data(world.artifactsByCase.get(row.id()), artifact -> artifact(artifact, PLAIN)));
    }
    if (fields.contains("workflowEvents")) {
      json.put(
          "workflowEvents", data(world.eventsByCase.get(row.id()), event -> event(event, PLAIN)));
    }
    return json;
  }

  JsonObject note(NoteRow row, Set<String> fields) {
    JsonObject json = new JsonObject().put("id", row.id());
    put(json, "taskId", row.taskId);
    put(json, "artifactId", row.artifactId);
    put(json, "workflowEventId", row.workflowEventId);
    if (row.isOnCase()) {
      json.put("caseId", row.caseId).put("caseXid", world.caseOf(row.caseId).xid());
    }
    json.put("text", row.text).put("summary", row.summary()).put("author", row.author);
    put(json, "dateAdded", seconds(row.dateAdded));
    put(json, "lastModified", seconds(row.lastModified));
    json.put("edited", row.edited);
    if (fields.contains("task") && row.taskId != null) {
      put(json, "task", shown(world.tasks.get(row.taskId), task -> task(task, PLAIN)));
    }
    if (fields.contains("artifact") && row.artifactId != null) {
      put(json, "artifact", shown(world.artifacts.get(row.artifactId), it -> artifact(it, PLAIN)));
    }
    if (fields.contains("workflowEvent") && row.workflowEventId != null) {
      put(
          json,
          "workflowEvent",
          shown(world.events.get(row.workflowEventId), it -> event(it, PLAIN)));
    }
    return withCase(json, row.caseId, fields);
  }

  JsonObject artifact(ArtifactRow row, Set<String> fields) {
    JsonObject json = new JsonObject().put("id", row.id());
    json.put("summary", row.summary).put("type", row.type);
    put(json, "source", row.source);
    put(json, "description", row.description);
    json.put("caseId", row.caseId).put("caseXid", world.caseOf(row.caseId).xid());
    TaskRow task = row.taskId == null ? null : world.tasks.get(row.taskId);
    if (task != null) {
      json.put("taskId", task.id()).put("taskXid", task.xid());
    }
    put(json, "dateAdded", seconds(row.dateAdded));
    json.put("ownerId", World.OWNER_ID).put("owner", World.OWNER);
    if (fields.contains("task")) {
      put(json, "task", shown(task, it -> task(it, PLAIN)));
    }
    if (fields.contains("notes")) {
      json.put("notes", data(world.notesByArtifact.get(row.id()), note -> note(note, PLAIN)));
    }
    return withCase(json, row.caseId, fields);
  }

  JsonObject event(EventRow row, Set<String> fields) {
    JsonObject json = new JsonObject().put("id", row.id());
    json.put("caseId", row.caseId).put("caseXid", world.caseOf(row.caseId).xid());
    json.put("eventDate", millis(row.eventDate)).put("dateAdded", millis(row.dateAdded));
    json.put("summary", row.summary).put("systemGenerated", row.systemGenerated);
    if (row.about != null) {
      json.put("link", link.apply(row.about)).put("linkText", row.about);
    }
    json.put("user", row.user.toJson()).put("deleted", row.deletedReason != null);
    put(json, "deletedReason", row.deletedReason);
    if (fields.contains("notes")) {
      json.put("notes", data(world.notesByEvent.get(row.id()), note -> note(note, PLAIN)));
    }
    return withCase(json, row.caseId, fields);
  }

  JsonObject user(Assignee.User row, Set<String> fields) {
    return row.toJson();
  }

  JsonObject group(Assignee.Group row, Set<String> fields) {
    JsonObject json = row.toJson();
    if (fields.contains("users")) {
      json.put(
          "users",
          data(
              world.users.all().stream().filter(user -> user.groups().contains(row.id())).toList(),
              Assignee::toJson));
    }
    return json;
  }

  private JsonObject withCase(JsonObject json, long caseId, Set<String> fields) {
    return fields.contains(PARENT_CASE)
        ? json.put(PARENT_CASE, investigation(world.caseOf(caseId), PLAIN))
        : json;
  }

  private static @Nullable JsonObject assignee(@Nullable Assignee assignee) {
    return assignee == null ? null : assignee.toAssigneeJson();
  }

  private static <R> @Nullable JsonObject shown(@Nullable R row, Function<R, JsonObject> view) {
    return row == null ? null : view.apply(row);
  }

  private static <R> JsonObject data(Collection<R> rows, Function<R, JsonObject> view) {
    JsonArray data = new JsonArray();
    rows.forEach(row -> data.add(view.apply(row)));
    return new JsonObject().put("data", data);
  }

  private static void put(JsonObject json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  static @Nullable String seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Fractions of varying length, as cases show them: {@code .622Z}, {@code .27Z}. */
  static @Nullable String millis(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.indexOf('.') < 0 ? text : TRAILING_ZEROS.matcher(text).replaceFirst("Z");
  }
}
