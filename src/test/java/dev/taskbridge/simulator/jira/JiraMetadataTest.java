package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client learns about the site, and what clients of today ask beyond that. */
class JiraMetadataTest extends BothFlavours {

  private static List<String> names(JsonArray things, String key) {
    return things.stream().map(each -> ((JsonObject) each).getString(key)).toList();
  }

  @OnBoth
  void the_small_world_is_there(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject project = jira.get("project/SEC").json();
    assertThat(names(project.getJsonArray("issueTypes"), "name")).containsExactly("Task", "Bug");
    assertThat(jira.get("project/sec").status()).as("keys are case-sensitive").isEqualTo(404);
    assertThat(names(jira.get("issueLinkType").json().getJsonArray("issueLinkTypes"), "name"))
        .containsExactly("Blocks", "Duplicate", "Relates");
    JsonArray priorities =
        jira.cloud()
            ? jira.get("priority/search").json().getJsonArray("values")
            : jira.get("priority").array();
    assertThat(names(priorities, "name"))
        .containsExactly("Highest", "High", "Medium", "Low", "Lowest");
    JsonObject state = jira.control("GET", "state", null).json();
    assertThat(state.getJsonArray("users")).hasSize(9);
    assertThat(state.getJsonArray("groups")).contains("SOC Team", "IT Operations");
    assertThat(state.getJsonArray("issues")).hasSizeGreaterThanOrEqualTo(4);
  }

  @OnBoth
  void create_metadata_has_the_flavours_own_list_name(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject types = jira.get("issue/createmeta/SEC/issuetypes").json();
    JsonArray list = types.getJsonArray(jira.cloud() ? "issueTypes" : "values");
    assertThat(names(list, "name")).containsExactly("Task", "Bug");
    String id = list.getJsonObject(0).getString("id");
    JsonObject page = jira.get("issue/createmeta/SEC/issuetypes/" + id + "?maxResults=3").json();
    JsonArray fields = page.getJsonArray(jira.cloud() ? "fields" : "values");
    assertThat(fields).hasSize(3);
    assertThat(page.getInteger("total")).isGreaterThan(3);
    assertThat(fields.getJsonObject(0).containsKey("key")).isEqualTo(jira.cloud());
    assertThat(fields.getJsonObject(0).getString("fieldId")).isEqualTo("summary");
    assertThat(fields.getJsonObject(0).getBoolean("required")).isTrue();
  }

  @Test
  void create_metadata_is_refused_in_the_flavours_own_way() {
    assertThat(cloud().get("issue/createmeta/SEC/issuetypes?maxResults=201").status())
        .isEqualTo(400);
    assertThat(cloud().get("issue/createmeta/NOPE/issuetypes").status()).isEqualTo(404);
    assertThat(dataCenter().get("issue/createmeta/NOPE/issuetypes").status()).isEqualTo(400);
    assertThat(dataCenter().get("issue/createmeta").status()).isEqualTo(404);
    assertThat(cloud().get("issue/createmeta?projectKeys=SEC").json().getJsonArray("projects"))
        .hasSize(1);
  }

  @OnBoth
  void custom_fields_carry_a_schema_and_take_checked_values(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonArray fields = jira.get("field").array();
    JsonObject select =
        fields.stream()
            .map(JsonObject.class::cast)
            .filter(field -> field.getString("id").equals("customfield_10044"))
            .findFirst()
            .orElseThrow();
    assertThat(select.getJsonObject("schema").getString("custom")).endsWith(":select");
    assertThat(select.getJsonArray("clauseNames")).contains("cf[10044]");
    String key =
        jira.create(
            "custom",
            Map.of(
                "customfield_10042", "Case 9",
                "customfield_10044", new JsonObject().put("value", "SIEM"),
                "customfield_10045", new JsonArray().add(new JsonObject().put("value", "Network")),
                "customfield_10046", 2.5,
                "customfield_10047", "2026-03-09",
                "customfield_10048", "2026-03-09T14:05:06.000+0100",
                "customfield_10050", "https://runbook.example.com"));
    JsonObject values = jira.fields(key);
    assertThat(values.getString("customfield_10042")).isEqualTo("Case 9");
    assertThat(values.getJsonObject("customfield_10044").getString("value")).isEqualTo("SIEM");
    assertThat(values.getJsonArray("customfield_10045")).hasSize(1);
    assertThat(values.getDouble("customfield_10046")).isEqualTo(2.5);
    assertThat(values.getString("customfield_10048")).startsWith("2026-03-09T");
  }

  @OnBoth
  void what_existing_clients_ask_for_is_there_and_everything_has_its_address(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("client", Map.of());
    jira.post("issue/" + key + "/comment", new JsonObject().put("body", jira.text("x")));
    for (String path :
        List.of(
            "project",
            "project/SEC/role",
            "priority",
            "priority/3",
            "issuetype",
            "issuetype/10002",
            "status",
            "status/3",
            "statuscategory",
            "resolution",
            "resolution/10000",
            "mypermissions?permissions=EDIT_ISSUES",
            "issue/" + key + "?fields=summary,status&expand=names,schema,renderedFields")) {
      assertThat(jira.get(path).status()).as(path).isEqualTo(200);
    }
    JsonObject comment =
        jira.get("issue/" + key + "/comment").json().getJsonArray("comments").getJsonObject(0);
    for (JsonObject thing :
        List.of(
            comment,
            comment.getJsonObject("author"),
            jira.fields(key).getJsonObject("status"),
            jira.fields(key).getJsonObject("priority"),
            jira.fields(key).getJsonObject("issuetype"))) {
      String self = thing.getString("self").substring(jira.simulator.origin().length());
      assertThat(jira.send("GET", self, null, jira.headers()).status()).as(self).isEqualTo(200);
    }
    assertThat(jira.send("GET", "/rest/applinks/latest/x", null, jira.headers()).status())
        .isEqualTo(404);
    String parameter = jira.cloud() ? "query" : "username";
    assertThat(
            jira.get(
                    "user/search?"
                        + parameter
                        + "=pat&includeActive=True&includeInactive=False&maxResults=20")
                .array())
        .hasSize(1);
    assertThat(jira.delete("issue/" + key + "?deleteSubtasks=False").status()).isEqualTo(204);
  }

  @Test
  void cloud_tells_a_session_who_it_is_too() {
    JiraBench.Answer session = cloud().send("GET", "/rest/auth/1/session", null, cloud().headers());
    assertThat(session.json().getString("name")).isEqualTo("bot@example.com");
  }

  @Test
  void projects_and_fields_are_found_by_what_is_asked_for() {
    assertThat(names(cloud().get("project/search?keys=OPS"), "key")).containsExactly("OPS");
    assertThat(names(cloud().get("project/search?query=security"), "key")).containsExactly("SEC");
    assertThat(names(cloud().get("project/search?id=10000&id=10001"), "key"))
        .containsExactly("SEC", "OPS");
    assertThat(names(cloud().get("field/search?type=custom&query=sync"), "name"))
        .containsExactly("Sync key");
    assertThat(names(cloud().get("field/search?id=summary"), "id")).containsExactly("summary");
    assertThat(names(cloud().get("resolution/search"), "name")).contains("Done", "Duplicate");
  }

  private static List<String> names(JiraBench.Answer page, String member) {
    return page.json().getJsonArray("values").stream()
        .map(row -> ((JsonObject) row).getString(member))
        .toList();
  }

  @OnBoth
  void a_project_lists_its_components_and_versions_though_it_has_none(Flavour flavour) {
    JiraBench jira = bench(flavour);
    assertThat(jira.get("project/SEC/components").array()).isEmpty();
    assertThat(jira.get("project/SEC/versions").array()).isEmpty();
    assertThat(jira.get("project/NONE/versions").status()).isEqualTo(404);
  }

  @OnBoth
  void a_group_shows_who_is_in_it(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject members = jira.get("group/member?groupname=SOC+Team").json();
    assertThat(members.getJsonArray("values")).isNotEmpty();
    JsonObject group = jira.get("group?groupname=SOC+Team&expand=users").json();
    assertThat(group.getJsonObject("users").getJsonArray("items"))
        .hasSize(members.getInteger("total"));
    assertThat(jira.get("group/member?groupname=Nobody").status()).isEqualTo(404);
    assertThat(jira.get("groups/picker?query=soc").json().getJsonArray("groups")).hasSize(1);
  }

  @Test
  void data_center_tells_a_session_who_it_is() {
    JiraBench.Answer session =
        dataCenter().send("GET", "/rest/auth/1/session", null, dataCenter().headers());
    assertThat(session.json().getString("name")).isEqualTo("bot");
    dataCenter().turn("dcVersion", "11.0.0");
    assertThat(
            dataCenter().send("GET", "/rest/auth/1/session", null, dataCenter().headers()).status())
        .isEqualTo(404);
  }

  @OnBoth
  void addresses_can_name_another_host_than_the_one_that_was_called(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("selfOrigin", "https://jira.example.com");
    assertThat(jira.get("issue/SEC-1").json().getString("self"))
        .startsWith("https://jira.example.com" + jira.api());
  }
}
