package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Far more issues of one instant than a page holds. No clock of a running server gives that, so a
 * list of issues answers here, by the order and the lower bound that the query asks for.
 */
final class OneInstantTest {
  private static final Instant NOW = Instant.parse("2026-03-09T12:00:00.500Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** Issues by number, with the time of their last change. */
  private record Index(TreeMap<Integer, Instant> issues, boolean cloud) implements Http {
    private static final Pattern SINCE = Pattern.compile("updated >= (\\d+)");

    @Override
    public Answer send(Request request) {
      String path = request.target();
      if (path.endsWith("serverInfo")) {
        return json(Json.object().put("deploymentType", cloud ? "Cloud" : "Server"));
      }
      if (path.endsWith("myself")) {
        return json(Json.object().put("name", "bot").put("accountId", "bot"));
      }
      JsonNode query = Json.parse(request.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
      if (path.endsWith("bulkfetch")) {
        ObjectNode answer = Json.object();
        var rows = answer.putArray("issues");
        query.path("issueIdsOrKeys").forEach(id -> rows.add(issue(id.asInt())));
        return json(answer);
      }
      if (query.path("jql").asText().startsWith("id in")) {
        ObjectNode answer = Json.object();
        var rows = answer.putArray("issues");
        Matcher id = Pattern.compile("\"(\\d+)\"").matcher(query.path("jql").asText());
        while (id.find()) {
          rows.add(issue(Integer.parseInt(id.group(1))));
        }
        return json(answer.put("total", rows.size()));
      }
      return json(search(query));
    }

    private ObjectNode search(JsonNode query) {
      Matcher since = SINCE.matcher(query.path("jql").asText());
      assertThat(since.find()).isTrue();
      Instant from = Instant.ofEpochMilli(Long.parseLong(since.group(1)));
      List<Integer> found =
          issues.entrySet().stream()
              .filter(each -> !each.getValue().isBefore(from))
              .sorted(
                  Map.Entry.<Integer, Instant>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
              .map(Map.Entry::getKey)
              .toList();
      int start = cloud ? query.path("nextPageToken").asInt(0) : query.path("startAt").asInt(0);
      int end = Math.min(found.size(), start + query.path("maxResults").asInt());
      ObjectNode answer = Json.object();
      var rows = answer.putArray("issues");
      found.subList(Math.min(start, end), end).forEach(number -> rows.add(issue(number)));
      if (cloud) {
        answer.put("isLast", end == found.size());
        if (end < found.size()) {
          answer.put("nextPageToken", String.valueOf(end));
        }
      } else {
        answer.put("startAt", start).put("total", found.size());
      }
      return answer;
    }

    private ObjectNode issue(int number) {
      ObjectNode issue =
          Json.object().put("id", String.valueOf(number)).put("key", "SEC-" + number);
      ObjectNode fields = issue.putObject("fields");
      fields.put("updated", JiraTime.format(issues.getOrDefault(number, NOW)));
      fields.put("summary", "Task " + number);
      fields.putObject("status").put("id", "1").put("name", "To Do");
      return issue;
    }

    private static Response json(JsonNode body) {
      return new Response(200, Map.of(), Json.write(body).getBytes(StandardCharsets.UTF_8), NOW);
    }
  }

  private static TicketPage page(JiraSystem jira, String cursor) {
    return jira.changed(new ChangedSince(JiraWorld.SCOPE, cursor)).value().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void all_of_them_arrive_once_while_some_are_edited_between_the_pages(boolean cloud) {
    TreeMap<Integer, Instant> issues = new TreeMap<>();
    Instant instant = NOW.minusSeconds(60);
    for (int number = 1; number <= 1_234; number++) {
      issues.put(number, instant);
    }
    JiraSystem jira =
        new JiraSystem(
            new Index(issues, cloud),
            JiraSettings.of("jira", "https://jira.example.com", Duration.ofSeconds(10)),
            CLOCK);
    Set<String> edited = new HashSet<>();
    List<Ticket> delivered = new ArrayList<>();
    String cursor = "";

    for (int pages = 0; pages < 200; pages++) {
      TicketPage page = page(jira, cursor);
      delivered.addAll(page.tickets());
      cursor = page.nextCursor();
      if (!page.more()) {
        break;
      }
      // On Cloud the token stands still; on Data Center the offsets shift by what leaves.
      for (int number : List.of(1 + pages * 3, 1_000 + pages)) {
        issues.put(number, instant.plusMillis(1 + pages));
        edited.add(String.valueOf(number));
      }
    }

    Map<String, Long> times =
        delivered.stream().collect(Collectors.groupingBy(Ticket::id, Collectors.counting()));
    assertThat(times.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.iterate(1, n -> n + 1).limit(1_234).map(String::valueOf).toList());
    times.forEach(
        (id, count) -> assertThat(count).as(id).isLessThanOrEqualTo(edited.contains(id) ? 2 : 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_clock_of_whole_seconds_hides_no_second_edit(boolean cloud) {
    Instant second = Instant.parse("2026-03-09T11:59:59Z");
    TreeMap<Integer, Instant> issues = new TreeMap<>(Map.of(7, second));
    JiraSystem jira =
        new JiraSystem(
            new Index(issues, cloud),
            JiraSettings.of("jira", "https://jira.example.com", Duration.ZERO),
            CLOCK);

    TicketPage first = page(jira, "");
    TicketPage again = page(jira, first.nextCursor());

    // The same second may hold an edit that was made after the first look.
    assertThat(first.tickets()).hasSize(1);
    assertThat(again.tickets()).hasSize(1);
  }

  @Test
  void a_page_by_offset_begins_before_the_end_of_the_last_one() {
    ObjectNode answer = Json.object().put("total", 500);
    var rows = answer.putArray("issues");
    for (int i = 0; i < 100; i++) {
      rows.addObject();
    }
    SearchQuery query = SearchQuery.of("x", List.of("updated"), 100);

    Optional<String> second = new DataCenter().page(query, answer).orElseThrow().next();
    Optional<String> third = new DataCenter().page(query.from(second), answer).orElseThrow().next();

    assertThat(second).contains("80");
    assertThat(third).contains("160");
  }
}
