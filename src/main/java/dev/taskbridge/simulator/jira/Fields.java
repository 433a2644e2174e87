package dev.taskbridge.simulator.jira;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of this site, custom ones included. */
final class Fields {
  private final Map<String, Field> byId = new LinkedHashMap<>();
  private final Switches switches;

  Fields(Switches switches, List<Choice> priorities, List<Choice> resolutions) {
    this.switches = switches;
    system("summary", "Summary", new TextTypes.Summary(), true, "summary");
    system("issuetype", "Issue Type", new ChoiceTypes.Type(), true, "issuetype", "type");
    system("project", "Project", new ChoiceTypes.Computed("project"), true, "project");
    system("description", "Description", new TextTypes.Formatted(), true, "description");
    system("environment", "Environment", new TextTypes.Formatted(), true, "environment");
    system("priority", "Priority", fixed("priority", priorities), true, "priority");
    system("labels", "Labels", new TextTypes.Labels(), true, "labels");
    system("duedate", "Due date", new ValueTypes.Date(), true, "duedate", "due");
    system("assignee", "Assignee", new ChoiceTypes.Person(), true, "assignee");
    system("reporter", "Reporter", new ChoiceTypes.Person(), true, "reporter");
    system("parent", "Parent", new ChoiceTypes.Parent(), true, "parent");
    system("issuelinks", "Linked Issues", new ChoiceTypes.Computed("array"), true, "issueLink");
    system("comment", "Comment", new ChoiceTypes.Computed("comments-page"), true, "comment");
    system("resolution", "Resolution", fixed("resolution", resolutions), true, "resolution");
    system("status", "Status", new ChoiceTypes.Computed("status"), false, "status");
    system("creator", "Creator", new ChoiceTypes.Person(), false, "creator");
    system("created", "Created", new ValueTypes.Moment(), false, "created", "createdDate");
    system("updated", "Updated", new ValueTypes.Moment(), false, "updated", "updatedDate");
    system(
        "resolutiondate", "Resolved", new ValueTypes.Moment(), false, "resolutiondate", "resolved");
    system(
        "statuscategorychangedate",
        "Status Category Changed",
        new ValueTypes.Moment(),
        false,
        "statusCategoryChangedDate");
    system("subtasks", "Sub-tasks", new ChoiceTypes.Computed("array"), false);
    system("components", "Components", new ChoiceTypes.Computed("array"), false, "component");
    system("fixVersions", "Fix versions", new ChoiceTypes.Computed("array"), false, "fixVersion");
    system("versions", "Affects versions", new ChoiceTypes.Computed("array"), false);
    system("attachment", "Attachment", new ChoiceTypes.Computed("array"), false, "attachments");
    system("watches", "Watchers", new ChoiceTypes.Computed("watches"), false, "watchers");
    system("votes", "Votes", new ChoiceTypes.Computed("votes"), false, "votes");
    system("worklog", "Log Work", new ChoiceTypes.Computed("array"), false);
    List<Choice> sources =
        List.of(
            new Choice("10020", "EDR"), new Choice("10021", "SIEM"), new Choice("10022", "Mail"));
    List<Choice> areas =
        List.of(
            new Choice("10030", "Endpoint"),
            new Choice("10031", "Network"),
            new Choice("10032", "Identity"));
    custom(10042, "Case", new TextTypes.Line(), "textfield");
    custom(10043, "Lessons learned", new TextTypes.Formatted(), "textarea");
    custom(10044, "Detection source", fixed("option", sources), "select");
    custom(10045, "Affected areas", new ChoiceTypes.Several(areas), "multiselect");
    custom(10046, "Hosts affected", new ValueTypes.Number(), "float");
    custom(10047, "Contained on", new ValueTypes.Date(), "datepicker");
    custom(10048, "First seen", new ValueTypes.Moment(), "datetime");
    custom(10049, "Incident lead", new ChoiceTypes.Person(), "userpicker");
    custom(10050, "Runbook", new TextTypes.Url(), "url");
    custom(10051, "Sync key", new TextTypes.Line(), "textfield");
  }

  private static ChoiceTypes.Fixed fixed(String kind, List<Choice> choices) {
    return new ChoiceTypes.Fixed(kind, choices);
  }

  private void system(String id, String name, FieldType type, boolean settable, String... clauses) {
    boolean navigable = !Set.of("comment", "attachment", "worklog").contains(id);
    byId.put(id, new Field(id, name, type, null, settable, navigable, List.of(clauses)));
  }

  private void custom(int number, String name, FieldType type, String kind) {
    String id = "customfield_" + number;
    byId.put(id, new Field(id, name, type, kind, true, true, List.of("cf[" + number + "]", name)));
  }

  List<Field> all() {
    return List.copyOf(byId.values());
  }

  Optional<Field> id(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Field of(String id) {
    return id(id).orElseThrow(() -> new IllegalArgumentException("no field " + id));
  }

  /** The field a JQL clause means, by id, clause name or the name of a custom field. */
  Optional<Field> clause(String name) {
    return byId.values().stream()
        .filter(
            field ->
                field.id().equalsIgnoreCase(name)
                    || field.clauseNames().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /** What can be set when an issue is created. */
  List<Field> createScreen() {
    return screen(Switch.NOT_ON_CREATE_SCREEN, Set.of("comment", "resolution"));
  }

  /** What can be set when an issue is edited. */
  List<Field> editScreen() {
    return screen(Switch.NOT_ON_EDIT_SCREEN, Set.of("project", "resolution"));
  }

  private List<Field> screen(Switch missing, Set<String> absent) {
    List<Field> screen = new ArrayList<>();
    for (Field field : byId.values()) {
      boolean on =
          field.settable()
              && !absent.contains(field.id())
              && !switches.words(missing).contains(field.id());
      if (on) {
        screen.add(field);
      }
    }
    return screen;
  }

  /** What must be filled when an issue of that type is created. */
  boolean requiredOnCreate(Field field, IssueType type) {
    return Set.of("summary", "issuetype", "project").contains(field.id())
        || (type.subtask() && field.id().equals("parent"))
        || switches.words(Switch.REQUIRED_ON_CREATE).contains(field.id());
  }
}
