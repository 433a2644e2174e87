package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.tql.TqlObject;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code OPTIONS} tells of the fields of each object. Only keys and type names that a live
 * instance was seen to use, for the vendor's generator refuses others.
 */
final class Descriptors {
  private static final int NESTED = 1000;
  private static final Map<TqlObject, List<Descriptor>> ALL = all();

  private Descriptors() {}

  /**
   * A field.
   *
   * @param list whether the descriptor is wrapped in {@code {"data": [...]}}
   */
  private record Descriptor(String name, JsonObject facts, boolean list) {
    static Descriptor of(String name, String type, String description) {
      return new Descriptor(
          name,
          new JsonObject().put("type", type).put("required", false).put("description", description),
          false);
    }

    static Descriptor list(String name, String type, String description) {
      Descriptor descriptor = of(name, type, description).with("maxSize", NESTED);
      return new Descriptor(name, descriptor.facts, true);
    }

    Descriptor with(String key, Object value) {
      facts.put(key, value);
      return this;
    }

    Descriptor required() {
      return with("required", true);
    }

    Descriptor orElse(String alternative) {
      return required().with("requiredAltField", alternative);
    }

    Descriptor readOnly() {
      return with("readOnly", true);
    }

    Descriptor fixed() {
      return with("updatable", false);
    }

    Descriptor length(int shortest, int longest) {
      return with("minLength", shortest).with("maxLength", longest);
    }

    Descriptor range(int least, int most) {
      return with("minValue", least).with("maxValue", most);
    }

    Descriptor values(List<String> values) {
      return with("allowableValues", new JsonArray(values));
    }

    boolean isReadOnly() {
      return facts.getBoolean("readOnly", false);
    }

    Object toJson() {
      return list ? new JsonObject().put("data", new JsonArray().add(facts.copy())) : facts.copy();
    }
  }

  /** Whether an object of that kind has the field at all. */
  static boolean has(TqlObject object, String field) {
    return of(object).stream().anyMatch(descriptor -> descriptor.name().equals(field));
  }

  /** The bare object that {@code OPTIONS /v3/tasks} gives. */
  static JsonObject describe(TqlObject object, boolean withReadOnly) {
    JsonObject json = new JsonObject();
    for (Descriptor descriptor : of(object)) {
      if (withReadOnly || !descriptor.isReadOnly()) {
        json.put(descriptor.name(), descriptor.toJson());
      }
    }
    return json;
  }

  /** The items of {@code OPTIONS /v3/tasks/fields}. */
  static JsonArray fields(TqlObject object, List<String> names) {
    JsonArray fields = new JsonArray();
    for (String name : names) {
      String description =
          of(object).stream()
              .filter(descriptor -> descriptor.name().equals(name))
              .map(descriptor -> descriptor.facts().getString("description"))
              .findFirst()
              .orElse("");
      fields.add(
          new JsonObject()
              .put("description", description)
              .put("includedByDefault", false)
              .put("name", name));
    }
    return fields;
  }

  /** The items of {@code OPTIONS /v3/tasks/tql}. */
  static JsonArray tql(TqlObject object) {
    JsonArray parameters = new JsonArray();
    object
        .parameters()
        .forEach(
            parameter ->
                parameters.add(
                    new JsonObject()
                        .put("keyword", parameter.keyword())
                        .put("name", words(parameter.keyword()))
                        .put("type", parameter.emitted())
                        .put("description", parameter.description())));
    return parameters;
  }

  /** {@code dueDate} becomes {@code Due Date}. */
  private static String words(String keyword) {
    String spaced = keyword.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  private static List<Descriptor> of(TqlObject object) {
    return ALL.getOrDefault(object, List.of());
  }

  private static Map<TqlObject, List<Descriptor>> all() {
    Map<TqlObject, List<Descriptor>> all = new EnumMap<>(TqlObject.class);
    all.put(TqlObject.TASK, task());
    all.put(TqlObject.CASE, investigation());
    all.put(TqlObject.NOTE, note());
    all.put(TqlObject.ARTIFACT, artifact());
    all.put(TqlObject.WORKFLOW_EVENT, workflowEvent());
    all.put(TqlObject.USER, readOnly("user", "userName", "firstName", "lastName", "pseudonym"));
    all.put(TqlObject.USER_GROUP, readOnly("group", "name", "description"));
    all.put(TqlObject.OWNER, readOnly("owner", "name", "type"));
    return all;
  }

  private static List<Descriptor> task() {
    return List.of(
        Descriptor.list("artifacts", "Artifact", "A list of artifacts of the task"),
        Descriptor.of("assignee", "Assignee", "The user or group the task is assigned to"),
        Descriptor.of("caseId", "Long", "The ID of the case the task belongs to")
            .orElse("caseXid")
            .fixed(),
        Descriptor.of("caseXid", "String", "The XID of the case the task belongs to")
            .orElse("caseId")
            .fixed(),
        Descriptor.of("completedBy", "String", "The user who completed the task").readOnly(),
        Descriptor.of("completedDate", "Date", "When the task was completed").fixed(),
        Descriptor.of("configPlaybook", "String", "The playbook of an automated task").readOnly(),
        Descriptor.of("configTask", "JsonNode", "The inputs the task asks for").readOnly(),
        Descriptor.of("dependentOnId", "Long", "The ID of the task this one waits for").fixed(),
        Descriptor.of("description", "String", "The description of the task").length(0, 1500),
        Descriptor.of("dueDate", "Date", "When the task is due"),
        Descriptor.of("duration", "Integer", "How long after its predecessor the task is due")
            .readOnly(),
        Descriptor.of("durationType", "String", "The unit of the duration")
            .values(TaskRow.DURATION_TYPES),
        Descriptor.of("id", "Long", "The ID of the task").readOnly(),
        Descriptor.of("name", "String", "The name of the task").required().length(1, 255),
        Descriptor.list("notes", "Note", "A list of notes on the task"),
        Descriptor.of("owner", "String", "The name of the owner").readOnly(),
        Descriptor.of("parentCase", "Case", "The case the task belongs to").readOnly(),
        Descriptor.of("required", "Boolean", "Whether the case waits for the task")
            .with("default", false),
        Descriptor.of("status", "String", "The status of the task")
            .values(TaskRow.STATUSES)
            .with("default", "Open"),
        Descriptor.of("workflowPhase", "Integer", "The phase of the workflow")
            .range(0, 127)
            .fixed(),
        Descriptor.of("workflowStep", "Integer", "The step within the phase").range(1, 127).fixed(),
        Descriptor.of("xid", "String", "The XID of the task").length(10, 100).fixed());
  }

  private static List<Descriptor> investigation() {
    List<Descriptor> fields = new ArrayList<>();
    fields.add(Descriptor.list("artifacts", "Artifact", "A list of artifacts of the case"));
    fields.add(Descriptor.of("assignee", "Assignee", "The user or group of the case"));
    for (String time : List.of("Close", "Detection", "Occurrence", "Open")) {
      fields.add(Descriptor.of("case" + time + "Time", "Date", "The time of " + time));
    }
    fields.add(Descriptor.of("dateAdded", "Date", "When the case was added").readOnly());
    fields.add(Descriptor.of("description", "String", "The description").length(0, 1500));
    fields.add(Descriptor.of("id", "Long", "The ID of the case").readOnly());
    fields.add(Descriptor.of("lastUpdated", "Date", "When the case was updated").readOnly());
    fields.add(Descriptor.of("name", "String", "The name of the case").required().length(1, 255));
    fields.add(Descriptor.list("notes", "Note", "A list of notes on the case"));
    fields.add(Descriptor.of("owner", "String", "The name of the owner").readOnly());
    fields.add(Descriptor.of("ownerId", "Long", "The ID of the owner").readOnly());
    fields.add(Descriptor.of("resolution", "String", "The resolution").values(CaseRow.RESOLUTIONS));
    fields.add(
        Descriptor.of("severity", "String", "The severity").required().values(CaseRow.SEVERITIES));
    fields.add(Descriptor.of("status", "String", "The status").required().values(CaseRow.STATUSES));
    fields.add(Descriptor.list("tasks", "Task", "A list of tasks of the case"));
    fields.add(Descriptor.of("xid", "String", "The XID of the case").length(10, 100).fixed());
    return List.copyOf(fields);
  }

  private static List<Descriptor> note() {
    return List.of(
        Descriptor.of("artifactId", "Long", "The ID of the artifact the note is on").fixed(),
        Descriptor.of("author", "String", "The user who wrote the note").readOnly(),
        Descriptor.of("caseId", "Long", "The ID of the case the note is on")
            .orElse("caseXid")
            .fixed(),
        Descriptor.of("caseXid", "String", "The XID of the case the note is on")
            .orElse("caseId")
            .fixed(),
        Descriptor.of("dateAdded", "Date", "When the note was written").readOnly(),
        Descriptor.of("edited", "Boolean", "Whether the note was edited").readOnly(),
        Descriptor.of("id", "Long", "The ID of the note").readOnly(),
        Descriptor.of("lastModified", "Date", "When the note was last changed").readOnly(),
        Descriptor.of("summary", "String", "The beginning of the text").readOnly(),
        Descriptor.of("taskId", "Long", "The ID of the task the note is on").fixed(),
        Descriptor.of("taskXid", "String", "The XID of the task the note is on").fixed(),
        Descriptor.of("text", "String", "The text of the note").required().length(1, 65_500),
        Descriptor.of("workflowEventId", "Long", "The ID of the event the note is on").fixed());
  }

  private static List<Descriptor> artifact() {
    return List.of(
        Descriptor.of("caseId", "Long", "The ID of the case").orElse("caseXid").fixed(),
        Descriptor.of("caseXid", "String", "The XID of the case").orElse("caseId").fixed(),
        Descriptor.of("dateAdded", "Date", "When the artifact was added").readOnly(),
        Descriptor.of("description", "String", "The description").length(0, 1500),
        Descriptor.of("id", "Long", "The ID of the artifact").readOnly(),
        Descriptor.list("notes", "Note", "A list of notes on the artifact"),
        Descriptor.of("source", "String", "The source of the artifact").length(0, 100),
        Descriptor.of("summary", "String", "The value of the artifact").required().length(1, 500),
        Descriptor.of("taskId", "Long", "The ID of the task").fixed(),
        Descriptor.of("taskXid", "String", "The XID of the task").fixed(),
        Descriptor.of("type", "String", "The type of the artifact").required());
  }

  private static List<Descriptor> workflowEvent() {
    return List.of(
        Descriptor.of("caseId", "Long", "The ID of the case").orElse("caseXid").fixed(),
        Descriptor.of("caseXid", "String", "The XID of the case").orElse("caseId").fixed(),
        Descriptor.of("dateAdded", "Date", "When the event was recorded").readOnly(),
        Descriptor.of("deleted", "Boolean", "Whether the event was deleted").readOnly(),
        Descriptor.of("deletedReason", "String", "Why the event was deleted"),
        Descriptor.of("eventDate", "Date", "When the event happened").required(),
        Descriptor.of("id", "Long", "The ID of the event").readOnly(),
        Descriptor.list("notes", "Note", "A list of notes on the event"),
        Descriptor.of("summary", "String", "The text of the event").required().length(1, 500),
        Descriptor.of("systemGenerated", "Boolean", "Whether the system recorded it").readOnly());
  }

  private static List<Descriptor> readOnly(String noun, String... texts) {
    List<Descriptor> fields = new ArrayList<>();
    fields.add(Descriptor.of("id", "Long", "The ID of the " + noun).readOnly());
    for (String text : texts) {
      fields.add(
          Descriptor.of(text, "String", "The " + words(text) + " of the " + noun).readOnly());
    }
    return List.copyOf(fields);
  }
}
