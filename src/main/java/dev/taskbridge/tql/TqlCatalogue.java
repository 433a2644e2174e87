package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlParameter.Type;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every parameter of every object. The names are those of the lists a live instance returned to the
 * vendor's SDK; the emitted type names of the task's are partly assumed, since no stored answer
 * shows them.
 */
final class TqlCatalogue {
  private static final List<String> TASK_STATUSES =
      List.of("Pending", "Open", "Reopened", "Closed");
  private static final List<String> SEVERITIES = List.of("Low", "Medium", "High", "Critical");
  private static final List<String> ASSIGNED_TO = List.of("User", "Group", "None");
  private static final List<String> TARGETS = List.of("User", "Group");
  private static final Map<TqlObject, Map<String, TqlParameter>> ALL = all();

  private TqlCatalogue() {}

  /** Keyed by the keyword in lower case. */
  static Map<String, TqlParameter> of(TqlObject object) {
    return ALL.getOrDefault(object, Map.of());
  }

  private static Map<TqlObject, Map<String, TqlParameter>> all() {
    Map<TqlObject, Map<String, TqlParameter>> all = new EnumMap<>(TqlObject.class);
    all.put(TqlObject.TASK, task());
    all.put(TqlObject.CASE, investigation());
    all.put(TqlObject.NOTE, note());
    all.put(TqlObject.ARTIFACT, artifact());
    all.put(TqlObject.WORKFLOW_EVENT, workflowEvent());
    all.put(TqlObject.USER, user());
    all.put(TqlObject.USER_GROUP, userGroup());
    all.put(TqlObject.OWNER, owner());
    return all;
  }

  private static Map<String, TqlParameter> task() {
    return table(
        choice(
            "assignedToUserOrGroup",
            "String",
            "Whether a user or a group is assigned",
            ASSIGNED_TO),
        emitted("Assignee", text("assigneeName", "The name of the assigned user or group")),
        bool("automated", "Whether a playbook does the task"),
        integer("caseId", "The ID of the case the task belongs to"),
        text("caseIdAsString", "The ID of the case as a text"),
        choice("caseSeverity", "Enum", "The severity of the case", SEVERITIES),
        emitted("User", text("completedBy", "The user who completed the task")),
        date("completedDate", "When the task was completed"),
        text("description", "The description of the task"),
        date("dueDate", "When the task is due"),
        nested("hasArtifact", TqlObject.ARTIFACT),
        nested("hasCase", TqlObject.CASE),
        nested("hasNote", TqlObject.NOTE),
        integer("id", "The ID of the task"),
        integer("missingArtifactCount", "How many required artifacts are still missing"),
        text("name", "The name of the task"),
        integer("owner", "The ID of the owner"),
        text("ownerName", "The name of the owner"),
        bool("required", "Whether the task must be completed before the case can be closed"),
        choice("status", "Enum", "The status of the task", TASK_STATUSES),
        integer("targetId", "The ID of the assigned user or group"),
        choice("targetType", "String", "The kind of assignee", TARGETS),
        integer("workflowPhase", "The phase of the workflow"),
        integer("workflowStep", "The step within the phase"),
        text("xid", "The XID of the task"));
  }

  /** The case; its Java keyword is taken. */
  private static Map<String, TqlParameter> investigation() {
    return table(
        choice(
            "assignedToUserOrGroup",
            "String",
            "Whether a user or a group is assigned",
            ASSIGNED_TO),
        emitted("Assignee", text("assigneeName", "The name of the assigned user or group")),
        text("attackTag", "The name of an ATT&CK tag of the case"),
        integer("calScore", "The CAL score of the case"),
        date("caseCloseDate", "When the case was closed"),
        date("caseCloseTime", "When the case was closed"),
        emitted("User", text("caseCloseUser", "The user who closed the case")),
        date("caseDetectionTime", "When the incident was detected"),
        emitted("User", text("caseDetectionUser", "The user who entered the time of detection")),
        date("caseOccurrenceTime", "When the incident occurred"),
        emitted("User", text("caseOccurrenceUser", "The user who entered the time of occurrence")),
        date("caseOpenDate", "When the case was opened"),
        date("caseOpenTime", "When the case was opened"),
        emitted("User", text("caseOpenUser", "The user who opened the case")),
        emitted("User", text("createdBy", "The user who created the case")),
        integer("createdById", "The ID of the user who created the case"),
        date("dateAdded", "When the case was added"),
        text("description", "The description of the case"),
        date("detectionDue", "When detection is due"),
        bool("detectionOverdue", "Whether detection is overdue"),
        outside("hasAllTags"),
        nested("hasArtifact", TqlObject.ARTIFACT),
        nested("hasCase", TqlObject.CASE),
        outside("hasGroup"),
        outside("hasIndicator"),
        nested("hasNote", TqlObject.NOTE),
        outside("hasTag"),
        nested("hasTask", TqlObject.TASK),
        integer("hasWorkflowTemplate", "The ID of the workflow template of the case"),
        integer("id", "The ID of the case"),
        text("idAsString", "The ID of the case as a text"),
        date("lastUpdated", "When the case was last updated"),
        integer("missingArtifactCount", "How many required artifacts are still missing"),
        text("name", "The name of the case"),
        integer("owner", "The ID of the owner"),
        text("ownerName", "The name of the owner"),
        text("resolution", "The resolution of the case"),
        date("responseDue", "When the response is due"),
        bool("responseOverdue", "Whether the response is overdue"),
        choice("severity", "Enum", "The severity of the case", SEVERITIES),
        choice("status", "Enum", "The status of the case", List.of("Open", "Closed")),
        text("tag", "The name of a tag of the case"),
        integer("targetId", "The ID of the assigned user or group"),
        choice("targetType", "String", "The kind of assignee", TARGETS),
        integer("threatAssessScore", "The ThreatAssess score of the case"),
        integer("timeToDetect", "The time to detect in milliseconds"),
        integer("timeToRespond", "The time to respond in milliseconds"),
        text("typeName", "The name of the case's type"),
        text("xid", "The XID of the case"));
  }

  private static Map<String, TqlParameter> note() {
    return table(
        integer("artifactId", "The ID of the artifact the note is on"),
        emitted("User", text("author", "The user who wrote the note")),
        integer("caseId", "The ID of the case the note is on"),
        text("data", "The full text of the note"),
        date("dateAdded", "When the note was written"),
        nested("hasArtifact", TqlObject.ARTIFACT),
        nested("hasCase", TqlObject.CASE),
        nested("hasTask", TqlObject.TASK),
        integer("id", "The ID of the note"),
        date("lastModified", "When the note was last changed"),
        text("summary", "The first 100 characters of the note"),
        integer("taskId", "The ID of the task the note is on"),
        integer("workflowEventId", "The ID of the timeline event the note is on"));
  }

  private static Map<String, TqlParameter> artifact() {
    return table(
        integer("analyticsScore", "The score of the artifact"),
        integer("caseId", "The ID of the case the artifact belongs to"),
        date("dateAdded", "When the artifact was added"),
        nested("hasCase", TqlObject.CASE),
        outside("hasGroup"),
        outside("hasIndicator"),
        nested("hasNote", TqlObject.NOTE),
        nested("hasTask", TqlObject.TASK),
        integer("id", "The ID of the artifact"),
        bool("indicatorActive", "Whether the indicator of the artifact is active"),
        integer("noteId", "The ID of a note on the artifact"),
        text("source", "The source of the artifact"),
        text("summary", "The value of the artifact"),
        integer("taskId", "The ID of the task the artifact belongs to"),
        text("type", "The type of the artifact"),
        text("typeName", "The name of the artifact's type"));
  }

  private static Map<String, TqlParameter> workflowEvent() {
    return table(
        integer("caseId", "The ID of the case the event belongs to"),
        date("dateAdded", "When the event was recorded"),
        bool("deleted", "Whether the event was deleted"),
        text("deletedReason", "Why the event was deleted"),
        date("eventDate", "When the event happened"),
        integer("id", "The ID of the event"),
        text("link", "The object the event is about, as <type>:<id>"),
        text("summary", "The text of the event"),
        bool("systemGenerated", "Whether the system recorded the event by itself"),
        emitted("User", text("userName", "The user whose action it was")));
  }

  private static Map<String, TqlParameter> user() {
    return table(
        bool("disabled", "Whether the account is disabled"),
        text("firstName", "The first name of the user"),
        integer("groupId", "The ID of a group the user is a member of"),
        integer("id", "The ID of the user"),
        text("jobFunction", "The job function of the user"),
        text("jobRole", "The job role of the user"),
        date("lastLogin", "When the user last logged in"),
        text("lastName", "The last name of the user"),
        date("lastPasswordChange", "When the user last changed the password"),
        bool("locked", "Whether the account is locked"),
        bool("passwordResetRequired", "Whether the user must change the password"),
        text("pseudonym", "The pseudonym of the user"),
        text("systemRole", "The system role of the user"),
        bool("termsAccepted", "Whether the user accepted the terms of service"),
        date("termsAcceptedDate", "When the user accepted the terms of service"),
        integer("tqlTimeout", "The user's limit for queries in milliseconds"),
        text("userName", "The login of the user"));
  }

  private static Map<String, TqlParameter> userGroup() {
    return table(
        text("description", "The description of the group"),
        integer("id", "The ID of the group"),
        text("name", "The name of the group"));
  }

  private static Map<String, TqlParameter> owner() {
    return table(
        integer("id", "The ID of the owner"),
        text("name", "The name of the owner"),
        text("type", "The type of the owner"));
  }

  private static Map<String, TqlParameter> table(TqlParameter... parameters) {
    Map<String, TqlParameter> table = new TreeMap<>();
    for (TqlParameter parameter : parameters) {
      table.put(parameter.keyword().toLowerCase(Locale.ROOT), parameter);
    }
    return table;
  }

  private static TqlParameter text(String keyword, String description) {
    return plain(keyword, Type.TEXT, "String", description);
  }

  private static TqlParameter integer(String keyword, String description) {
    return plain(keyword, Type.INTEGER, "Integer", description);
  }

  private static TqlParameter bool(String keyword, String description) {
    return plain(keyword, Type.BOOLEAN, "Boolean", description);
  }

  private static TqlParameter date(String keyword, String description) {
    return plain(keyword, Type.DATE, "Date", description);
  }

  private static TqlParameter choice(
      String keyword, String emitted, String description, List<String> choices) {
    return new TqlParameter(keyword, Type.CHOICE, emitted, description, choices, Optional.empty());
  }

  private static TqlParameter nested(String keyword, TqlObject object) {
    return new TqlParameter(
        keyword,
        Type.NESTED,
        "Integer",
        "A nested query for the related " + object.words(),
        List.of(),
        Optional.of(object));
  }

  private static TqlParameter outside(String keyword) {
    return plain(keyword, Type.NESTED, "Integer", "A nested query for related objects");
  }

  private static TqlParameter plain(String keyword, Type type, String emitted, String description) {
    return new TqlParameter(keyword, type, emitted, description, List.of(), Optional.empty());
  }

  private static TqlParameter emitted(String type, TqlParameter parameter) {
    return new TqlParameter(
        parameter.keyword(),
        parameter.type(),
        type,
        parameter.description(),
        parameter.choices(),
        parameter.nested());
  }
}
