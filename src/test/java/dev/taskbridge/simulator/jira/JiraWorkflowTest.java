package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statuses change by the workflow's steps only. */
class JiraWorkflowTest extends BothFlavours {

  private static Map<String, String> steps(JiraBench jira, String key) {
    Map<String, String> steps = new LinkedHashMap<>();
    for (Object each :
        jira.get("issue/" + key + "/transitions").json().getJsonArray("transitions")) {
      JsonObject step = (JsonObject) each;
      steps.put(step.getString("id"), step.getJsonObject("to").getString("name"));
    }
    return steps;
  }

  private static String status(JiraBench jira, String key) {
    return jira.fields(key).getJsonObject("status").getString("name");
  }

  private static Answer take(JiraBench jira, String key, String id) {
    return jira.post("issue/" + key + "/transitions", jira.transition(id));
  }

  private static JsonObject resolved(JiraBench jira, String id) {
    return jira.transition(id)
        .put(
            "fields", new JsonObject().put("resolution", new JsonObject().put("name", "Won't Do")));
  }

  @OnBoth
  void the_simplified_workflow_leads_from_anywhere_to_anywhere(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("simple", Map.of());
    assertThat(steps(jira, key))
        .containsExactly(
            Map.entry("11", "To Do"), Map.entry("21", "In Progress"), Map.entry("31", "Done"));
    assertThat(take(jira, key, "31").status()).isEqualTo(204);
    assertThat(status(jira, key)).isEqualTo("Done");
    assertThat(jira.fields(key).getJsonObject("resolution").getString("name")).isEqualTo("Done");
    assertThat(jira.fields(key).getString("resolutiondate")).isNotBlank();
    take(jira, key, "21");
    assertThat(jira.fields(key).getValue("resolution")).isNull();
    assertThat(jira.fields(key).getValue("resolutiondate")).isNull();
  }

  @OnBoth
  void transition_ids_may_be_sent_as_numbers(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("number", Map.of());
    JsonObject body = new JsonObject().put("transition", new JsonObject().put("id", 21));
    assertThat(jira.post("issue/" + key + "/transitions", body).status()).isEqualTo(204);
    assertThat(status(jira, key)).isEqualTo("In Progress");
  }

  @OnBoth
  void nine_statuses_are_walked_with_conditions_and_a_required_resolution(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("workflow", "nine-status");
    String key = jira.create("nine", Map.of());
    assertThat(status(jira, key)).isEqualTo("New");
    assertThat(steps(jira, key)).containsExactly(Map.entry("11", "Triage"));
    take(jira, key, "11");
    assertThat(steps(jira, key)).as("nobody is assigned").containsOnlyKeys("22");
    assign(jira, key);
    assertThat(steps(jira, key)).containsOnlyKeys("21", "22");
    take(jira, key, "21");
    take(jira, key, "31");
    take(jira, key, "42");
    Answer without = take(jira, key, "61");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.error("resolution")).isNotBlank();
    assertThat(jira.post("issue/" + key + "/transitions", resolved(jira, "61")).status())
        .isEqualTo(204);
    assertThat(status(jira, key)).isEqualTo("Resolved");
    assertThat(jira.fields(key).getJsonObject("resolution").getString("name"))
        .isEqualTo("Won't Do");
  }

  private static void assign(JiraBench jira, String key) {
    JsonObject me = jira.get("myself").json();
    String name = jira.cloud() ? "accountId" : "name";
    jira.put("issue/" + key + "/assignee", new JsonObject().put(name, me.getString(name)));
  }

  @OnBoth
  void a_condition_may_hold_for_one_person_and_not_for_another(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("workflow", "nine-status");
    String key = jira.create("roles", Map.of());
    take(jira, key, "11");
    assign(jira, key);
    take(jira, key, "21");
    assertThat(steps(jira, key)).containsKey("31");
    jira.turn("apiUserRoles", new JsonArray());
    assertThat(steps(jira, key)).doesNotContainKey("31");
    Answer developer =
        jira.send(
            "GET",
            jira.api() + "issue/" + key + "/transitions",
            null,
            jira.as("pat.jones@example.com"));
    assertThat(developer.text()).contains("Start work");
  }

  @OnBoth
  void a_dead_end_has_no_way_out(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("workflow", "nine-status");
    String key = jira.create("rejected", Map.of());
    take(jira, key, "11");
    assertThat(jira.post("issue/" + key + "/transitions", resolved(jira, "22")).status())
        .isEqualTo(204);
    assertThat(status(jira, key)).isEqualTo("Rejected");
    assertThat(steps(jira, key)).isEmpty();
  }

  @OnBoth
  void the_screen_of_a_step_is_shown_when_asked_for_and_nothing_else_may_be_sent(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("workflow", "nine-status");
    String key = jira.create("screen", Map.of());
    take(jira, key, "11");
    JsonObject reject =
        jira.get("issue/" + key + "/transitions?expand=transitions.fields&transitionId=22")
            .json()
            .getJsonArray("transitions")
            .getJsonObject(0);
    JsonObject resolution = reject.getJsonObject("fields").getJsonObject("resolution");
    assertThat(resolution.getBoolean("required")).isTrue();
    assertThat(resolution.getJsonArray("allowedValues")).hasSize(4);
    JsonObject foreign = resolved(jira, "22");
    foreign.getJsonObject("fields").put("duedate", "2026-03-09");
    Answer answer = jira.post("issue/" + key + "/transitions", foreign);
    assertThat(answer.error("duedate")).contains("appropriate screen");
  }

  @OnBoth
  void a_step_that_is_not_available_is_refused(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("unavailable", Map.of());
    assertThat(take(jira, key, "99").status()).isEqualTo(400);
    jira.turn("badTransitionStatus", 500);
    assertThat(take(jira, key, "99").status()).isEqualTo(500);
    JsonObject nothing = new JsonObject().put("transition", new JsonObject());
    assertThat(jira.post("issue/" + key + "/transitions", nothing).status()).isEqualTo(400);
  }

  @OnBoth
  void without_the_permission_the_list_is_empty_and_no_error(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("forbidden", Map.of());
    jira.turn("transitionIssues", false);
    assertThat(jira.get("issue/" + key + "/transitions").status()).isEqualTo(200);
    assertThat(steps(jira, key)).isEmpty();
    assertThat(take(jira, key, "31").status()).isEqualTo(400);
  }

  @OnBoth
  void a_transition_can_meet_somebody_elses(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("conflict", Map.of());
    jira.turn("transitionConflicts", 1);
    assertThat(take(jira, key, "31").status()).isEqualTo(409);
    assertThat(take(jira, key, "31").status()).isEqualTo(204);
  }

  @OnBoth
  void a_comment_and_a_property_go_along_with_a_step(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("along", Map.of());
    JsonObject comment = new JsonObject().put("body", jira.text("done with it"));
    JsonObject body =
        jira.transition("31")
            .put(
                "update",
                new JsonObject()
                    .put("comment", new JsonArray().add(new JsonObject().put("add", comment))))
            .put(
                "properties",
                new JsonArray().add(new JsonObject().put("key", "k").put("value", 7)));
    assertThat(jira.post("issue/" + key + "/transitions", body).status()).isEqualTo(204);
    assertThat(jira.get("issue/" + key + "/comment").json().getInteger("total")).isEqualTo(1);
    assertThat(jira.get("issue/" + key + "/properties/k").json().getInteger("value")).isEqualTo(7);
  }

  @Test
  void a_transition_that_fails_inside_a_create_leaves_the_issue_and_a_201() {
    JsonObject body =
        JiraBench.task("born done").put("transition", new JsonObject().put("id", "31"));
    Answer good = cloud().post("issue", body);
    assertThat(status(cloud(), good.json().getString("key"))).isEqualTo("Done");
    cloud().turn("failTransitionInCreate", 1);
    Answer failed = cloud().post("issue", body);
    assertThat(failed.status()).isEqualTo(201);
    assertThat(failed.json().getJsonObject("transition").getInteger("status")).isEqualTo(400);
    assertThat(status(cloud(), failed.json().getString("key"))).isEqualTo("To Do");
  }

  @OnBoth
  void other_workflows_can_be_installed_and_issues_follow_by_category(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("custom", Map.of());
    take(jira, key, "31");
    JsonObject workflow =
        new JsonObject(
            """
            {"initial": "Open",
             "statuses": [{"name": "Open", "category": "new"}, {"name": "Shut", "category": "done"}],
             "transitions": [{"id": "5", "name": "Shut", "from": ["Open"], "to": "Shut"}]}
            """);
    jira.control("PUT", "workflow", workflow);
    assertThat(status(jira, key)).isEqualTo("Shut");
    assertThat(jira.get("project/SEC/statuses").text())
        .contains("Shut")
        .doesNotContain("In Progress");
    jira.turn("workflow", "simplified");
    assertThat(status(jira, key)).isEqualTo("Done");
  }

  @OnBoth
  void project_statuses_are_listed_by_issue_type(Flavour flavour) {
    JsonArray types = bench(flavour).get("project/SEC/statuses").array();
    assertThat(types).hasSize(2);
    List<String> names =
        types.getJsonObject(0).getJsonArray("statuses").stream()
            .map(status -> ((JsonObject) status).getString("name"))
            .toList();
    assertThat(names).containsExactly("To Do", "In Progress", "Done");
  }
}
