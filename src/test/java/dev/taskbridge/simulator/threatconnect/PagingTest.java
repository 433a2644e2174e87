package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages, counts, order and links. */
final class PagingTest {
  private static ThreatConnectSimulator simulator;
  private static Caller api;

  @BeforeAll
  static void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void two_hundred_and_fifty_tasks() {
    simulator.flip("nextScheme", "http");
    seed(250);
  }

  @Test
  void a_page_has_a_hundred_unless_told() {
    Answer first = api.get("/tasks");

    assertThat(first.ids()).hasSize(100).startsWith(1L, 2L, 3L);
    assertThat(first.json().fieldNames()).containsExactly("next", "data", "status");
    assertThat(api.get("/tasks?resultStart=249").json().fieldNames())
        .containsExactly("data", "prev", "status");
  }

  @Test
  void following_next_and_prev_shows_everything_both_ways() {
    List<Long> seen = new ArrayList<>();
    String link = "/api/v3/tasks?resultLimit=60&fields=caseId";
    String last = link;
    while (link != null) {
      Answer page = api.signed("GET", link, null);
      assertThat(page.items())
          .isNotEmpty()
          .allMatch(task -> ((JsonObject) task).containsKey("caseId"));
      seen.addAll(page.ids());
      last = link;
      link = target(page, "next");
    }
    assertThat(seen).hasSize(250).isSorted().doesNotHaveDuplicates();

    int pages = 0;
    for (link = last; link != null; link = target(api.signed("GET", link, null), "prev")) {
      pages++;
    }
    assertThat(pages).isEqualTo(5);
  }

  @Test
  void a_link_carries_all_that_the_page_depends_on() {
    Answer page =
        api.query(
            "/tasks",
            "required = true and name like \"%a%\"",
            "&fields=notes&fields=artifacts&sorting=dueDate%20desc%20id%20asc&resultLimit=5"
                + "&owner=Demo%20Organization");

    assertThat(page.json().getString("next"))
        .isEqualTo(
            simulator.origin()
                + "/api/v3/tasks?resultStart=5&resultLimit=5&tql=required%20%3D%20true%20and%20name"
                + "%20like%20%22%25a%25%22&fields=notes&fields=artifacts"
                + "&sorting=dueDate%20desc%20id%20asc&owner=Demo%20Organization");
  }

  @Test
  void the_link_before_never_begins_below_zero() {
    assertThat(target(api.get("/tasks?resultStart=5&resultLimit=10"), "prev"))
        .contains("resultStart=0", "resultLimit=10");
  }

  @Test
  void links_may_be_https_though_the_simulator_is_not() {
    simulator.flip("nextScheme", "https");

    assertThat(api.get("/tasks").json().getString("next"))
        .startsWith("https://127.0.0.1:" + simulator.port() + "/api/v3/tasks?");
  }

  @ParameterizedTest
  @CsvSource({
    "count=true, 250",
    "count=True&resultLimit=1, 250",
    "count=true&resultStart=0, 250",
    "count=true&resultStart=1,",
    "count=false,",
    "resultLimit=7,",
  })
  void a_count_is_of_all_matches_and_comes_at_the_start_only(String query, Integer count) {
    assertThat(api.get("/tasks?" + query).json().getInteger("count")).isEqualTo(count);
  }

  @Test
  void a_count_follows_the_query() {
    Answer answer = api.query("/tasks", "required = true", "&count=true&resultLimit=3");

    assertThat(answer.json().fieldNames()).containsExactly("next", "data", "count", "status");
    assertThat(answer.json().getInteger("count"))
        .isEqualTo(api.query("/tasks", "required = true", "&resultLimit=1000").ids().size());
  }

  @Test
  void sorting_goes_by_several_parameters_and_places_what_is_missing() {
    List<JsonObject> tasks =
        api.get("/tasks?resultLimit=1000").items().stream().map(JsonObject.class::cast).toList();
    Comparator<JsonObject> byId = Comparator.comparing(task -> task.getLong("id"));
    Comparator<JsonObject> byDue =
        Comparator.comparing(
            task -> task.getString("dueDate"), Comparator.nullsLast(Comparator.naturalOrder()));
    Comparator<JsonObject> byDueDescNullsFirst =
        Comparator.comparing(
            task -> task.getString("dueDate"), Comparator.nullsFirst(Comparator.reverseOrder()));
    Comparator<JsonObject> byName = Comparator.comparing(task -> task.getString("name"));

    assertThat(sorted("id desc")).isEqualTo(ids(tasks, byId.reversed()));
    assertThat(sorted("dueDate asc id asc")).isEqualTo(ids(tasks, byDue.thenComparing(byId)));
    assertThat(sorted("dueDate")).isEqualTo(ids(tasks, byDue.thenComparing(byId)));
    assertThat(sorted("dueDate desc nullsFirst id desc"))
        .isEqualTo(ids(tasks, byDueDescNullsFirst.thenComparing(byId.reversed())));
    assertThat(sorted("name DESC   id ASC"))
        .isEqualTo(ids(tasks, byName.reversed().thenComparing(byId)));
  }

  @Test
  void a_get_with_a_body_is_a_get_with_parameters() {
    String body =
        "{\"data\":{\"tql\":\"id in (3, 4, 5)\",\"resultLimit\":2,\"count\":true,"
            + "\"fields\":[\"caseId\",\"notes\"],\"sorting\":\"id desc\"}}";

    Answer answer = api.signed("GET", "/api/v3/tasks", body);

    assertThat(answer.ids()).containsExactly(5L, 4L);
    assertThat(answer.json().getInteger("count")).isEqualTo(3);
    assertThat(answer.items().getJsonObject(0).fieldNames()).contains("caseId", "notes");
    assertThat(api.signed("GET", target(answer, "next"), null).ids()).containsExactly(3L);
  }

  @Test
  void twenty_five_thousand_tasks_are_read_in_three_pages_while_others_come_and_go() {
    seed(25_000);
    Set<Long> deleted = new HashSet<>();
    Set<Long> created = new HashSet<>();
    List<Long> seen = new ArrayList<>();
    api.control("DELETE", "/_sim/requests", null);

    long last = 0;
    int pages = 0;
    List<Long> page;
    do {
      page = api.query("/tasks", "id > " + last, "&sorting=id%20asc&resultLimit=10000").ids();
      pages++;
      seen.addAll(page);
      if (page.size() == 10_000) {
        last = page.get(page.size() - 1);
        // One that was read already, one that was not, and a new one at the end.
        for (long id : List.of(17L + pages, 24_900L + pages)) {
          assertThat(api.delete("/tasks/" + id).status()).isEqualTo(200);
          deleted.add(id);
        }
        created.add(
            api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "meanwhile"))
                .data()
                .getLong("id"));
      }
    } while (page.size() == 10_000);

    assertThat(pages).isEqualTo(3);
    assertThat(
            api.control("GET", "/_sim/requests", null)
                .getJsonObject("byOperation")
                .getInteger("GET /api/v3/tasks"))
        .isEqualTo(3);
    assertThat(seen).doesNotHaveDuplicates().isSorted().containsAll(created);
    Set<Long> expected = new HashSet<>();
    for (long id = 1; id <= 25_000; id++) {
      expected.add(id);
    }
    expected.removeAll(Set.of(24_901L, 24_902L));
    expected.addAll(created);
    assertThat(new HashSet<>(seen)).isEqualTo(expected);
    assertThat(deleted).hasSize(4);
  }

  private static void seed(int tasks) {
    api.control(
        "POST",
        "/_sim/seed",
        new JsonObject().put("clear", true).put("tasks", tasks).put("seed", 3));
  }

  private static List<Long> sorted(String sorting) {
    return api.get("/tasks?resultLimit=1000&sorting=" + Caller.encoded(sorting)).ids();
  }

  private static List<Long> ids(List<JsonObject> tasks, Comparator<JsonObject> order) {
    return tasks.stream().sorted(order).map(task -> task.getLong("id")).toList();
  }

  private static String target(Answer answer, String name) {
    String link = answer.json().getString(name);
    return link == null ? null : link.substring(simulator.origin().length());
  }
}
