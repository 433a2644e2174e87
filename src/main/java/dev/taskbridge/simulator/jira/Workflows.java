package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The workflows of this site. Project SEC has the one that the switch names. */
final class Workflows {
  /** What a new Jira project has: three statuses, a step from anywhere to each. */
  private static final String SIMPLIFIED =
      """
      {"name": "Software Simplified Workflow", "initial": "To Do",
       "statuses": [{"name": "To Do", "category": "new"},
                    {"name": "In Progress", "category": "indeterminate"},
                    {"name": "Done", "category": "done"}],
       "transitions": [{"id": "11", "name": "To Do", "to": "To Do"},
                       {"id": "21", "name": "In Progress", "to": "In Progress"},
                       {"id": "31", "name": "Done", "to": "Done"}]}
      """;

  /**
   * Nine statuses. New work is triaged, then assigned (only if somebody is), investigated (only by
   * those with the role Developers), contained, resolved (with a resolution) and closed; waiting is
   * a detour; a closed issue is reopened into investigation. Rejected is a dead end. Two steps are
   * called Back, three Reject or Resolve want a resolution.
   */
  private static final String NINE_STATUS =
      """
      {"name": "Incident workflow", "initial": "New",
       "statuses": [{"name": "New", "category": "new"},
                    {"name": "Triage", "category": "new"},
                    {"name": "Assigned", "category": "indeterminate"},
                    {"name": "Investigating", "category": "indeterminate"},
                    {"name": "Waiting", "category": "indeterminate"},
                    {"name": "Containment", "category": "indeterminate"},
                    {"name": "Resolved", "category": "done"},
                    {"name": "Closed", "category": "done"},
                    {"name": "Rejected", "category": "done"}],
       "transitions": [
         {"id": "11", "name": "Start triage", "from": ["New"], "to": "Triage"},
         {"id": "21", "name": "Assign", "from": ["Triage"], "to": "Assigned",
          "condition": "assigned"},
         {"id": "22", "name": "Reject", "from": ["Triage"], "to": "Rejected",
          "screen": ["resolution", "comment"], "required": ["resolution"]},
         {"id": "31", "name": "Start work", "from": ["Assigned"], "to": "Investigating",
          "condition": "developer"},
         {"id": "32", "name": "Back", "from": ["Assigned"], "to": "Triage"},
         {"id": "41", "name": "Wait", "from": ["Investigating"], "to": "Waiting"},
         {"id": "42", "name": "Contain", "from": ["Investigating"], "to": "Containment"},
         {"id": "51", "name": "Continue", "from": ["Waiting"], "to": "Investigating"},
         {"id": "61", "name": "Resolve", "from": ["Containment"], "to": "Resolved",
          "screen": ["resolution", "comment", "assignee"], "required": ["resolution"]},
         {"id": "62", "name": "Back", "from": ["Containment"], "to": "Investigating"},
         {"id": "71", "name": "Close", "from": ["Resolved"], "to": "Closed"},
         {"id": "72", "name": "Reopen", "from": ["Resolved"], "to": "Investigating"},
         {"id": "81", "name": "Reopen", "from": ["Closed"], "to": "Investigating"}]}
      """;

  private final Map<String, Status> statuses = new LinkedHashMap<>();
  private final Workflow simplified;
  private final Workflow nineStatus;
  private Workflow current;

  Workflows() {
    status("In Progress", StatusCategory.INDETERMINATE, "3");
    status("To Do", StatusCategory.NEW, "10000");
    status("Done", StatusCategory.DONE, "10001");
    simplified = read(new JsonObject(SIMPLIFIED));
    nineStatus = read(new JsonObject(NINE_STATUS));
    current = simplified;
  }

  /** The workflow of every issue in that project. */
  Workflow of(Project project) {
    return project.key().equals(Site.MAIN_PROJECT) ? current : simplified;
  }

  /** The workflow that the switch calls {@code name}. */
  Workflow named(String name) {
    return switch (name) {
      case "simplified" -> simplified;
      case "nine-status" -> nineStatus;
      default ->
          throw new IllegalArgumentException(
              "set a custom workflow with PUT /_sim/workflow, not with the switch");
    };
  }

  /** Makes {@code workflow} the one of project SEC; its issues must be moved into it. */
  void install(Workflow workflow) {
    current = workflow;
  }

  List<Status> statuses() {
    return List.copyOf(statuses.values());
  }

  /**
   * Reads a workflow as {@code PUT /_sim/workflow} takes it: {@code name}, {@code statuses} of
   * {@code name} and {@code category}, {@code initial}, {@code transitions} of {@code id}, {@code
   * name}, {@code from} (absent: anywhere), {@code to}, {@code screen}, {@code required}, {@code
   * condition}.
   *
   * @throws IllegalArgumentException naming what is missing or unknown
   */
  Workflow read(JsonObject json) {
    Map<String, Status> mine = new LinkedHashMap<>();
    for (Object each : json.getJsonArray("statuses", new JsonArray())) {
      JsonObject status = (JsonObject) each;
      String name = text(status, "name");
      mine.put(name, status(name, StatusCategory.of(text(status, "category")), ""));
    }
    List<Workflow.Step> steps = new ArrayList<>();
    for (Object each : json.getJsonArray("transitions", new JsonArray())) {
      JsonObject step = (JsonObject) each;
      Set<Status> from = new HashSet<>();
      for (String name : words(step, "from")) {
        from.add(known(mine, name));
      }
      List<String> screen = new ArrayList<>(words(step, "screen"));
      List<String> required = words(step, "required");
      required.stream().filter(field -> !screen.contains(field)).forEach(screen::add);
      steps.add(
          new Workflow.Step(
              text(step, "id"),
              text(step, "name"),
              Set.copyOf(from),
              known(mine, text(step, "to")),
              List.copyOf(screen),
              Set.copyOf(required),
              Workflow.Condition.of(step.getString("condition", "always"))));
    }
    return new Workflow(
        json.getString("name", "Workflow"),
        List.copyOf(mine.values()),
        known(mine, text(json, "initial")),
        List.copyOf(steps));
  }

  private Status status(String name, StatusCategory category, String id) {
    return statuses.computeIfAbsent(
        name.toLowerCase(Locale.ROOT) + category.key,
        key -> new Status(id.isEmpty() ? "" + (10100 + statuses.size()) : id, name, category));
  }

  private static Status known(Map<String, Status> statuses, String name) {
    Status status = statuses.get(name);
    if (status == null) {
      throw new IllegalArgumentException(
          "the workflow has no status \"" + name + "\", only " + statuses.keySet());
    }
    return status;
  }

  private static String text(JsonObject json, String key) {
    if (!(json.getValue(key) instanceof String text)) {
      throw new IllegalArgumentException("a text is missing: " + key + " in " + json.encode());
    }
    return text;
  }

  private static List<String> words(JsonObject json, String key) {
    return json.getJsonArray(key, new JsonArray()).stream().map(String::valueOf).toList();
  }
}
