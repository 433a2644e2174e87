package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.Artifact;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.TaskStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads tasks and cases from JSON. Absent, null and empty are the same; unknown keys are ignored;
 * what is there and cannot be read is {@link Unclear}.
 */
final class TaskJson {
  private final String url;

  /**
   * @param url of the API, without a slash at its end
   */
  TaskJson(String url) {
    this.url = url;
  }

  /** The id; 0 if there is none that can be read. */
  static long id(JsonNode row) {
    JsonNode id = row.path("id");
    return id.isIntegralNumber() || id.asText().matches("\\d{1,18}") ? id.asLong() : 0;
  }

  /** The id of the task's case, from either of the two fields that show it; 0 if neither does. */
  static long caseId(JsonNode row) {
    long parent = id(row.path("parentCase"));
    return parent != 0 ? parent : row.path("caseId").asLong(0);
  }

  /**
   * A task.
   *
   * @param parentCase what was read of its case beside it, if that was necessary
   */
  Task task(JsonNode row, Optional<ParentCase> parentCase) throws Unclear {
    long id = id(row);
    String xid = text(row, "xid");
    if (id == 0 || xid.isEmpty()) {
      throw new Unclear((id == 0 ? "id" : "xid") + " is missing");
    }
    String status = text(row, "status");
    return new Task(
        id,
        xid,
        text(row, "name"),
        text(row, "description").replace("\r\n", "\n"),
        TaskStatus.ofWord(status)
            .orElseThrow(() -> new Unclear("status \"" + status + "\" is not known")),
        row.path("required").asBoolean(false),
        date(row, "dueDate").map(due -> due.truncatedTo(ChronoUnit.SECONDS)),
        assignee(row.path("assignee")),
        row.path("dependentOnId").asLong(0) == 0
            ? OptionalLong.empty()
            : OptionalLong.of(row.path("dependentOnId").asLong()),
        row.path("workflowPhase").asInt(0),
        row.path("workflowStep").asInt(0),
        parentCase.isPresent() ? parentCase.get() : parentCase(row),
        artifacts(row.path("artifacts")),
        url + "/v3/tasks/" + id);
  }

  private static ParentCase parentCase(JsonNode row) throws Unclear {
    JsonNode parent = row.path("parentCase");
    return parent.isObject()
        ? investigation(parent)
        : new ParentCase(caseId(row), "", "", "", Optional.empty());
  }

  /** A case, as a task shows it or listed by itself. */
  static ParentCase investigation(JsonNode row) throws Unclear {
    return new ParentCase(
        id(row),
        text(row, "name"),
        text(row, "severity"),
        text(row, "status"),
        date(row, "lastUpdated"));
  }

  /**
   * Who is assigned. A user's name is the identifier that writes take; a group's, too. Older
   * servers and the documentation differ in what else is there.
   */
  static FieldValue assignee(JsonNode assignee) throws Unclear {
    JsonNode data = assignee.path("data");
    if (data.isArray()) {
      data = data.path(0);
    }
    String type = text(assignee, "type");
    if (type.equalsIgnoreCase("None") || (type.isEmpty() && data.isEmpty())) {
      return FieldValue.ABSENT;
    }
    String userName = text(data, "userName");
    if (!userName.isEmpty()) {
      return user(data);
    }
    String name = text(data, "name");
    if (!name.isEmpty() && !type.equalsIgnoreCase("User")) {
      return new FieldValue.Group(name, name);
    }
    throw new Unclear("assignee of type \"" + type + "\" has no name");
  }

  /** A user, as an assignee or listed by itself. */
  static FieldValue.User user(JsonNode data) {
    String userName = text(data, "userName");
    String name = (text(data, "firstName") + " " + text(data, "lastName")).strip();
    return new FieldValue.User(
        userName, userName.contains("@") ? userName : "", name.isEmpty() ? userName : name);
  }

  private static List<Artifact> artifacts(JsonNode artifacts) {
    List<Artifact> read = new ArrayList<>();
    JsonNode data = artifacts.isArray() ? artifacts : artifacts.path("data");
    data.forEach(
        item -> read.add(new Artifact(id(item), text(item, "type"), text(item, "summary"))));
    return read;
  }

  static String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isNull() ? "" : value.asText("");
  }

  static Optional<Instant> date(JsonNode row, String field) throws Unclear {
    String text = text(row, field);
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Dates.read(text));
    } catch (DateTimeException e) {
      throw new Unclear(field + " \"" + text + "\" is not a date");
    }
  }
}
