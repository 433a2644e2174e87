package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fixed seed and a few odd tasks, read back from the simulator's state into plain records that
 * know nothing of TQL.
 */
final class Fixture {
  static final Instant FRIDAY = Instant.parse("2026-02-27T08:00:00Z");
  static final Instant SUNDAY = Instant.parse("2026-03-01T09:30:00Z");
  static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");

  record Note(long id, String text, String author, Instant dateAdded, Instant lastModified) {}

  record Artifact(long id, String summary, String type, String source) {}

  record Case(
      long id,
      String xid,
      String name,
      String description,
      String severity,
      String status,
      String resolution,
      String assigneeType,
      String assigneeName,
      String createdBy,
      Instant dateAdded,
      Instant lastUpdated,
      Instant detected,
      List<Long> tasks,
      List<Note> notes) {}

  record Task(
      long id,
      String xid,
      String name,
      String description,
      String status,
      boolean required,
      Instant due,
      Instant completed,
      String completedBy,
      int phase,
      int step,
      String assigneeType,
      String assigneeName,
      Long assigneeId,
      Case theCase,
      List<Note> notes,
      List<Artifact> artifacts) {}

  private Fixture() {}

  /** Fills the simulator; what it holds afterwards is always the same. */
  static List<Task> fill(ThreatConnectSimulator simulator, Caller api) {
    JsonObject seed = new JsonObject().put("tasks", 60).put("seed", 31).put("day", "2026-03-02");
    wind(simulator, FRIDAY);
    api.control("POST", "/_sim/seed", seed.copy().put("clear", true));
    wind(simulator, SUNDAY);
    api.control("POST", "/_sim/seed", seed.put("seed", 32));
    wind(simulator, MONDAY);
    long odd =
        api.post(
                "/cases",
                new JsonObject()
                    .put("name", "Odd \"names\" \\ and 100% `unusual` ones")
                    .put("severity", "Critical")
                    .put("status", "Open")
                    .put("xid", "odd-case-xid"))
            .data()
            .getLong("id");
    for (String name :
        List.of(
            "It's \"quoted\" \\ `ticked`",
            "100% done_or_not",
            "フィッシング 🦊 prüfen",
            "line one\nline two",
            "Close access from the internet",
            "close access from the internet",
            "We find the internet too slow to close access")) {
      api.post("/tasks", new JsonObject().put("caseId", odd).put("name", name));
    }
    api.post(
        "/tasks",
        new JsonObject()
            .put("caseId", odd)
            .put("name", "Exactly due")
            .put("dueDate", "2026-03-05T10:30:00Z")
            .put("xid", "exactly-due-xid"));
    api.with("X-Sim-User", "maria.silva@example.com")
        .post("/notes", new JsonObject().put("taskId", 1).put("text", "Marker [tb:0001] by Maria"));
    simulator.flip("requiredTasksHoldCase", false);
    simulator.flip("closingCaseClosesTasks", false);
    api.put("/cases/2", new JsonObject().put("status", "Closed"));
    simulator.flip("requiredTasksHoldCase", true);
    simulator.flip("closingCaseClosesTasks", true);
    return read(simulator);
  }

  static void wind(ThreatConnectSimulator simulator, Instant to) {
    simulator.clock().setOffset(Duration.between(Instant.now(), to));
  }

  private static List<Task> read(ThreatConnectSimulator simulator) {
    JsonObject state = simulator.ask(simulator::state);
    Map<Long, List<Note>> notesOfTask = new HashMap<>();
    Map<Long, List<Artifact>> artifactsOfTask = new HashMap<>();
    Map<Long, List<Long>> tasksOfCase = new HashMap<>();
    Map<Long, List<Note>> notesOfCase = new HashMap<>();
    Map<Long, Case> cases = new HashMap<>();
    for (JsonObject task : objects(state.getJsonArray("tasks"))) {
      tasksOfCase
          .computeIfAbsent(task.getLong("caseId"), id -> new ArrayList<>())
          .add(task.getLong("id"));
    }
    Map<Long, Long> caseOfTask = new HashMap<>();
    tasksOfCase.forEach((id, tasks) -> tasks.forEach(task -> caseOfTask.put(task, id)));
    for (JsonObject note : objects(state.getJsonArray("notes"))) {
      Note read =
          new Note(
              note.getLong("id"),
              note.getString("text"),
              note.getString("author"),
              instant(note, "dateAdded"),
              instant(note, "lastModified"));
      notesOfTask.computeIfAbsent(note.getLong("taskId"), id -> new ArrayList<>()).add(read);
      notesOfCase
          .computeIfAbsent(caseOfTask.get(note.getLong("taskId")), id -> new ArrayList<>())
          .add(read);
    }
    for (JsonObject artifact : objects(state.getJsonArray("artifacts"))) {
      artifactsOfTask
          .computeIfAbsent(artifact.getLong("taskId"), id -> new ArrayList<>())
          .add(
              new Artifact(
                  artifact.getLong("id"),
                  artifact.getString("summary"),
                  artifact.getString("type"),
                  artifact.getString("source")));
    }
    for (JsonObject row : objects(state.getJsonArray("cases"))) {
      JsonObject assignee = row.getJsonObject("assignee");
      cases.put(
          row.getLong("id"),
          new Case(
              row.getLong("id"),
              row.getString("xid"),
              row.getString("name"),
              row.getString("description"),
              row.getString("severity"),
              row.getString("status"),
              row.getString("resolution"),
              assignee == null ? null : assignee.getString("type"),
              assignee == null ? null : nameOf(assignee),
              row.getJsonObject("createdBy").getString("userName"),
              instant(row, "dateAdded"),
              instant(row, "lastUpdated"),
              instant(row, "caseDetectionTime"),
              tasksOfCase.getOrDefault(row.getLong("id"), List.of()),
              notesOfCase.getOrDefault(row.getLong("id"), List.of())));
    }
    List<Task> tasks = new ArrayList<>();
    for (JsonObject task : objects(state.getJsonArray("tasks"))) {
      JsonObject assignee = task.getJsonObject("assignee");
      tasks.add(
          new Task(
              task.getLong("id"),
              task.getString("xid"),
              task.getString("name"),
              task.getString("description"),
              task.getString("status"),
              task.getBoolean("required"),
              instant(task, "dueDate"),
              instant(task, "completedDate"),
              task.getString("completedBy"),
              task.getInteger("workflowPhase"),
              task.getInteger("workflowStep"),
              assignee == null ? null : assignee.getString("type"),
              assignee == null ? null : nameOf(assignee),
              assignee == null ? null : assignee.getJsonObject("data").getLong("id"),
              cases.get(task.getLong("caseId")),
              notesOfTask.getOrDefault(task.getLong("id"), List.of()),
              artifactsOfTask.getOrDefault(task.getLong("id"), List.of())));
    }
    return tasks;
  }

  private static String nameOf(JsonObject assignee) {
    JsonObject data = assignee.getJsonObject("data");
    return data.getString("userName", data.getString("name"));
  }

  private static Instant instant(JsonObject json, String field) {
    String text = json.getString(field);
    return text == null ? null : Instant.parse(text);
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
