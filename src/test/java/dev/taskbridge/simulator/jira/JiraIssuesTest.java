package dev.taskbridge.simulator.jira;

import static dev.taskbridge.simulator.jira.JiraBench.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Creating, reading, editing and deleting issues. */
class JiraIssuesTest extends BothFlavours {

  @OnBoth
  void a_created_issue_can_be_read_at_once_with_its_property(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject body = task("Isolate host");
    body.getJsonObject("fields")
        .put("description", jira.text("words"))
        .put("duedate", "2026-03-09")
        .put("labels", new JsonArray().add("sync-1"))
        .put("priority", new JsonObject().put("name", "High"));
    body.put(
        "properties",
        new JsonArray()
            .add(new JsonObject().put("key", "tb").put("value", new JsonObject().put("x", 1))));
    Answer created = jira.post("issue", body);

    assertThat(created.status()).isEqualTo(201);
    JsonObject read = jira.get("issue/" + created.json().getString("id") + "?properties=tb").json();
    JsonObject fields = read.getJsonObject("fields");
    assertThat(read.getString("key")).isEqualTo(created.json().getString("key"));
    assertThat(fields.getString("duedate")).isEqualTo("2026-03-09");
    assertThat(fields.getJsonArray("labels")).containsExactly("sync-1");
    assertThat(fields.getJsonObject("priority").getString("name")).isEqualTo("High");
    assertThat(fields.getJsonObject("status").getString("name")).isEqualTo("To Do");
    assertThat(fields.getValue("resolution")).isNull();
    assertThat(read.getJsonObject("properties").getJsonObject("tb").getInteger("x")).isEqualTo(1);
  }

  @OnBoth
  void a_bulk_create_reports_its_failures_by_position_and_keeps_the_rest(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonArray updates = new JsonArray().add(task("one")).add(task("")).add(task("three"));
    Answer answer = jira.post("issue/bulk", new JsonObject().put("issueUpdates", updates));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().getJsonArray("issues")).hasSize(2);
    JsonObject error = answer.json().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getInteger("failedElementNumber")).isEqualTo(1);
    assertThat(error.getJsonObject("elementErrors").getJsonObject("errors").getString("summary"))
        .isNotBlank();
  }

  @OnBoth
  void a_bulk_create_of_nothing_but_mistakes_is_400_with_the_same_shape(Flavour flavour) {
    Answer answer =
        bench(flavour)
            .post(
                "issue/bulk",
                new JsonObject().put("issueUpdates", new JsonArray().add(task("")).add(task(""))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("issues")).isEmpty();
    assertThat(answer.json().getJsonArray("errors")).hasSize(2);
  }

  @OnBoth
  void more_than_fifty_at_once_are_refused_and_none_is_created(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonArray updates = new JsonArray();
    for (int i = 0; i < 51; i++) {
      updates.add(task("number " + i).put("properties", new JsonArray()));
      updates.getJsonObject(i).getJsonObject("fields").put("labels", new JsonArray().add("many"));
    }
    assertThat(jira.post("issue/bulk", new JsonObject().put("issueUpdates", updates)).status())
        .isEqualTo(400);
    assertThat(jira.keys("labels = many")).isEmpty();
  }

  @OnBoth
  void fields_that_break_a_rule_are_named_in_the_errors(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Map<String, Object> bad =
        Map.of(
            "summary", "x".repeat(256),
            "duedate", "09.03.2026",
            "labels", new JsonArray().add("two words"),
            "priority", new JsonObject().put("name", "Enormous"),
            "customfield_10044", new JsonObject().put("value", "Rumour"),
            "votes", 3);
    bad.forEach(
        (field, value) -> {
          JsonObject body = task("fine");
          body.getJsonObject("fields").put(field, value);
          Answer answer = jira.post("issue", body);
          assertThat(answer.status()).as(field).isEqualTo(400);
          assertThat(answer.error(field)).as(field).isNotBlank();
        });
    JsonObject lines = task("two\nlines");
    assertThat(jira.post("issue", lines).error("summary")).contains("newline");
    JsonObject label = task("fine");
    label.getJsonObject("fields").put("labels", new JsonArray().add("x".repeat(256)));
    assertThat(jira.post("issue", label).error("labels")).contains("255");
  }

  @OnBoth
  void text_over_the_limit_is_refused(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject body = task("long");
    body.getJsonObject("fields").put("description", jira.text("x".repeat(32_768)));
    Answer answer = jira.post("issue", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error("description"))
        .contains(flavour == Flavour.CLOUD ? "CONTENT_LIMIT_EXCEEDED" : "32767");
  }

  @OnBoth
  void a_field_that_is_on_no_screen_cannot_be_set(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("notOnCreateScreen", new JsonArray().add("duedate"));
    jira.turn("notOnEditScreen", new JsonArray().add("priority"));
    JsonObject body = task("screens");
    body.getJsonObject("fields").put("duedate", "2026-03-09");
    assertThat(jira.post("issue", body).error("duedate")).contains("appropriate screen");
    String key = jira.create("screens", Map.of());
    Answer edit = jira.put("issue/" + key, fields("priority", new JsonObject().put("id", "1")));
    assertThat(edit.error("priority")).contains("appropriate screen");
    assertThat(jira.get("issue/" + key + "/editmeta").json().getJsonObject("fields").fieldNames())
        .contains("summary")
        .doesNotContain("priority");
  }

  private static JsonObject fields(String field, Object value) {
    return new JsonObject().put("fields", new JsonObject().put(field, value));
  }

  private static JsonObject update(String field, String verb, Object value) {
    return new JsonObject()
        .put(
            "update",
            new JsonObject().put(field, new JsonArray().add(new JsonObject().put(verb, value))));
  }

  @OnBoth
  void verbs_add_and_remove_labels_and_null_clears(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key =
        jira.create("labels", Map.of("labels", new JsonArray().add("a"), "duedate", "2026-03-09"));
    assertThat(jira.put("issue/" + key, update("labels", "add", "b")).status()).isEqualTo(204);
    assertThat(jira.put("issue/" + key, update("labels", "remove", "a")).status()).isEqualTo(204);
    assertThat(jira.put("issue/" + key, fields("duedate", null)).status()).isEqualTo(204);
    assertThat(jira.fields(key).getJsonArray("labels")).containsExactly("b");
    assertThat(jira.fields(key).getValue("duedate")).isNull();
  }

  @OnBoth
  void a_field_must_not_be_in_fields_and_in_update(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("both", Map.of());
    JsonObject body = update("labels", "add", "b").mergeIn(fields("labels", new JsonArray()));
    assertThat(jira.put("issue/" + key, body).error("labels")).contains("both");
  }

  @OnBoth
  void a_status_in_an_edit_is_refused_or_where_so_switched_ignored(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("status", Map.of());
    JsonObject body = fields("status", new JsonObject().put("name", "Done"));
    assertThat(jira.put("issue/" + key, body).error("status")).isNotBlank();
    jira.turn("statusInEdit", "ignore");
    assertThat(jira.put("issue/" + key, body).status()).isEqualTo(204);
    assertThat(jira.fields(key).getJsonObject("status").getString("name")).isEqualTo("To Do");
  }

  @OnBoth
  void an_edit_can_meet_somebody_elses(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("conflict", Map.of());
    jira.turn("editConflicts", 1);
    assertThat(jira.put("issue/" + key, fields("summary", "x")).status()).isEqualTo(409);
    assertThat(jira.put("issue/" + key, fields("summary", "x")).status()).isEqualTo(204);
  }

  @Test
  void cloud_returns_the_issue_of_an_edit_when_asked() {
    String key = cloud().create("return", Map.of());
    Answer answer = cloud().put("issue/" + key + "?returnIssue=true", fields("summary", "changed"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("fields").getString("updated"))
        .isEqualTo(cloud().fields(key).getString("updated"));
  }

  @Test
  void cloud_fetches_many_by_id_or_key_and_leaves_out_what_is_missing() {
    String second = cloud().create("second", Map.of());
    JsonObject body =
        new JsonObject()
            .put("issueIdsOrKeys", new JsonArray().add(second).add("SEC-1").add("SEC-99999"))
            .put("fields", new JsonArray().add("summary"))
            .put("expand", new JsonArray().add("transitions"));
    JsonObject answer = cloud().post("issue/bulkfetch", body).json();
    assertThat(answer.getJsonArray("issues")).hasSize(2);
    assertThat(answer.getJsonArray("issues").getJsonObject(0).getString("key")).isEqualTo("SEC-1");
    assertThat(answer.getJsonArray("issues").getJsonObject(0).getJsonArray("transitions"))
        .isNotEmpty();
    assertThat(answer.getJsonArray("issueErrors")).isEmpty();
  }

  @Test
  void cloud_fetches_at_most_a_hundred_and_five_properties() {
    JsonArray ids = new JsonArray();
    for (int i = 0; i < 101; i++) {
      ids.add("" + i);
    }
    assertThat(cloud().post("issue/bulkfetch", new JsonObject().put("issueIdsOrKeys", ids)))
        .returns(400, Answer::status);
    JsonObject body =
        new JsonObject()
            .put("issueIdsOrKeys", new JsonArray().add("SEC-1"))
            .put("properties", new JsonArray(List.of("a", "b", "c", "d", "e", "f")));
    assertThat(cloud().post("issue/bulkfetch", body).status()).isEqualTo(400);
    assertThat(dataCenter().post("issue/bulkfetch", body).status()).isNotEqualTo(200);
  }

  @Test
  void cloud_brings_at_most_forty_changes_with_many_issues() {
    cloud().turn("perIssueWriteLimit", false);
    String key = cloud().create("restless", Map.of());
    for (int i = 0; i < 41; i++) {
      cloud().put("issue/" + key, fields("summary", "restless " + i));
    }
    JsonObject body =
        new JsonObject()
            .put("issueIdsOrKeys", new JsonArray().add(key))
            .put("expand", new JsonArray().add("changelog"));
    JsonObject changelog =
        cloud()
            .post("issue/bulkfetch", body)
            .json()
            .getJsonArray("issues")
            .getJsonObject(0)
            .getJsonObject("changelog");
    assertThat(changelog.getJsonArray("histories")).hasSize(40);
    assertThat(changelog.getInteger("total")).isEqualTo(41);
    assertThat(changelog.getJsonArray("histories").encode()).contains("restless 40");
  }

  @OnBoth
  void a_body_with_a_field_that_no_document_knows_is_refused_by_name(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Answer answer = jira.post("issue", task("x").put("idempotencyKey", "1"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("idempotencyKey");
  }

  @OnBoth
  void assigning_takes_the_flavours_own_name_for_a_person_and_null_for_nobody(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("assign", Map.of());
    String idName = jira.cloud() ? "accountId" : "name";
    String parameter = jira.cloud() ? "query" : "username";
    JsonObject maria =
        jira.get("user/assignable/search?project=SEC&" + parameter + "=maria")
            .array()
            .getJsonObject(0);
    JsonObject who = new JsonObject().put(idName, maria.getString(idName));
    assertThat(jira.put("issue/" + key + "/assignee", who).status()).isEqualTo(204);
    assertThat(jira.fields(key).getJsonObject("assignee").getString("displayName"))
        .isEqualTo("Maria Silva");
    JsonObject nobody = new JsonObject().putNull(idName);
    assertThat(jira.put("issue/" + key + "/assignee", nobody).status()).isEqualTo(204);
    assertThat(jira.fields(key).getValue("assignee")).isNull();
    JsonObject foreign = new JsonObject().put(jira.cloud() ? "name" : "accountId", "x");
    assertThat(jira.put("issue/" + key + "/assignee", foreign).status()).isEqualTo(400);
    assertThat(jira.put("issue/" + key, fields("assignee", who)).status()).isEqualTo(204);
    jira.turn("unassignedAllowed", false);
    assertThat(jira.put("issue/" + key, fields("assignee", null)).error("assignee")).isNotBlank();
  }

  @OnBoth
  void a_person_edits_under_their_own_name(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("people", Map.of());
    Answer edit =
        jira.send(
            "PUT",
            jira.api() + "issue/" + key,
            fields("summary", "by Pat").encode(),
            jira.as("pat.jones@example.com"));
    assertThat(edit.status()).isEqualTo(204);
    JsonArray histories =
        jira.get("issue/" + key + "?expand=changelog")
            .json()
            .getJsonObject("changelog")
            .getJsonArray("histories");
    JsonObject change = histories.getJsonObject(0);
    assertThat(change.getJsonObject("author").getString("displayName")).isEqualTo("Pat Jones");
    JsonObject item = change.getJsonArray("items").getJsonObject(0);
    assertThat(item.getString("fromString")).isEqualTo("people");
    assertThat(item.getString("toString")).isEqualTo("by Pat");
  }

  @OnBoth
  void a_deleted_issue_is_gone_everywhere_without_a_trace(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("doomed", Map.of("labels", new JsonArray().add("doomed")));
    assertThat(jira.delete("issue/" + key).status()).isEqualTo(204);
    assertThat(jira.get("issue/" + key).status()).isEqualTo(404);
    assertThat(jira.keys("labels = doomed")).isEmpty();
  }

  @OnBoth
  void an_issue_with_sub_tasks_is_deleted_only_with_them(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject ops = new JsonObject().put("key", "OPS");
    String parent = jira.create("parent", Map.of("project", ops));
    String child =
        jira.create(
            "child",
            Map.of(
                "project", ops,
                "issuetype", new JsonObject().put("name", "Sub-task"),
                "parent", new JsonObject().put("key", parent)));
    assertThat(jira.delete("issue/" + parent).status()).isEqualTo(400);
    assertThat(jira.delete("issue/" + parent + "?deleteSubtasks=True").status()).isEqualTo(204);
    assertThat(jira.get("issue/" + child).status()).isEqualTo(404);
  }

  @OnBoth
  void a_moved_issue_answers_to_its_old_key_with_the_new_one(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String old = jira.create("mover", Map.of("labels", new JsonArray().add("mover")));
    JsonObject move = new JsonObject().put("issue", old).put("project", "OPS");
    String moved = jira.control("POST", "move", move).json().getString("key");
    assertThat(moved).startsWith("OPS-");
    assertThat(jira.get("issue/" + old).json().getString("key")).isEqualTo(moved);
    assertThat(jira.keys("project = SEC AND labels = mover")).isEmpty();
    assertThat(jira.keys("labels = mover")).containsExactly(moved);
    assertThat(jira.search("key = \"" + old + "\"").status()).isEqualTo(400);
  }

  @OnBoth
  void an_issue_out_of_sight_looks_deleted_to_the_account_only(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("hidden", Map.of("labels", new JsonArray().add("hidden")));
    jira.control("POST", "hide", new JsonObject().put("issue", key).put("hidden", true));
    assertThat(jira.get("issue/" + key).status()).isEqualTo(404);
    assertThat(jira.keys("labels = hidden")).isEmpty();
    Answer person =
        jira.send("GET", jira.api() + "issue/" + key, null, jira.as("lars.berg@example.com"));
    assertThat(person.status()).isEqualTo(200);
  }

  @OnBoth
  void an_archived_issue_is_readable_but_not_found_and_not_writable(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("old", Map.of("labels", new JsonArray().add("archived")));
    JsonObject some = new JsonObject().put("issueIdsOrKeys", new JsonArray().add(key));
    Answer archived =
        jira.cloud()
            ? jira.put("issue/archive", some)
            : jira.put("issue/" + key + "/archive", new JsonObject());
    assertThat(archived.status()).isEqualTo(jira.cloud() ? 200 : 204);
    assertThat(jira.get("issue/" + key).status()).isEqualTo(200);
    assertThat(jira.keys("labels = archived")).isEmpty();
    assertThat(jira.put("issue/" + key, fields("summary", "x")).status()).isEqualTo(403);
    Answer restored =
        jira.cloud()
            ? jira.put("issue/unarchive", some)
            : jira.put("issue/" + key + "/restore", new JsonObject());
    assertThat(restored.status()).isLessThan(300);
    assertThat(jira.keys("labels = archived")).containsExactly(key);
  }

  @OnBoth
  void an_answer_may_be_lost_after_the_work_was_done(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.control("PUT", "faults", new JsonObject().put("lostResponseRate", 1.0));
    JsonObject body = task("lost");
    body.getJsonObject("fields").put("labels", new JsonArray().add("lost"));
    assertThatThrownBy(() -> jira.post("issue", body))
        .isInstanceOf(java.io.UncheckedIOException.class);
    jira.control("PUT", "faults", new JsonObject().put("lostResponseRate", 0.0));
    assertThat(jira.keys("labels = lost")).hasSize(1);
  }

  @OnBoth
  void the_same_seed_gives_the_same_issues(Flavour flavour) {
    try (JiraBench one = new JiraBench(flavour);
        JiraBench other = new JiraBench(flavour)) {
      JsonObject request = new JsonObject().put("tasks", 20).put("seed", 42);
      one.control("POST", "seed", request);
      other.control("POST", "seed", request);
      assertThat(summaries(one)).hasSize(24).isEqualTo(summaries(other));
    }
  }

  private static List<String> summaries(JiraBench jira) {
    return jira.control("GET", "state", null).json().getJsonArray("issues").stream()
        .map(issue -> ((JsonObject) issue).getJsonObject("fields").getString("summary"))
        .toList();
  }
}
