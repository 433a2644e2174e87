package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.servicenow.Position.Last;
import dev.taskbridge.adapter.servicenow.Position.Page;
import dev.taskbridge.adapter.servicenow.Position.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keyset by itself, against a table that is only a list. */
final class PositionTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Duration OVERLAP = Duration.ofSeconds(90);
  private static final Selection ALL = new Selection(List.of());

  @Test
  void the_first_page_looks_back_by_the_overlap_of_the_server_s_clock() {
    Step step =
        Position.startingAt(NOON)
            .after(page(0, Optional.empty(), 0, NOON.plusSeconds(600)), OVERLAP);

    assertThat(step.more()).isFalse();
    assertThat(step.next()).isEqualTo(Position.startingAt(NOON.plusSeconds(510)));
  }

  @Test
  void a_round_never_begins_before_the_last_one_though_the_clock_goes_back() {
    Step step =
        Position.startingAt(NOON)
            .after(page(0, Optional.empty(), 0, NOON.minusSeconds(600)), OVERLAP);

    assertThat(step.next()).isEqualTo(Position.startingAt(NOON));
  }

  @Test
  void without_a_clock_the_last_row_says_where_to_go_on() {
    Instant last = NOON.plusSeconds(300);
    Step step =
        Position.startingAt(NOON)
            .after(
                new Page(
                    1, Optional.of(new Last(last, id(1))), OptionalInt.of(1), 10, Optional.empty()),
                OVERLAP);

    assertThat(step.next()).isEqualTo(Position.startingAt(last.minus(OVERLAP)));
  }

  @Test
  void a_full_page_is_followed_by_the_rest_of_its_last_second_and_then_by_what_is_later() {
    Position rest =
        Position.startingAt(NOON)
            .after(page(10, Optional.of(new Last(NOON.plusSeconds(5), id(7))), 25, NOON), OVERLAP)
            .next();
    Position later = rest.after(page(0, Optional.empty(), 0, NOON), OVERLAP).next();

    assertThat(Position.startingAt(NOON).query(ALL))
        .isEqualTo("sys_updated_on>=2026-03-04 12:00:00^ORDERBYsys_updated_on^ORDERBYsys_id");
    assertThat(rest.query(ALL))
        .isEqualTo("sys_updated_on=2026-03-04 12:00:05^sys_id>" + id(7) + "^ORDERBYsys_id");
    assertThat(later.query(ALL))
        .isEqualTo("sys_updated_on>2026-03-04 12:00:05^ORDERBYsys_updated_on^ORDERBYsys_id");
  }

  @Test
  void a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
    Position position =
        new Position(
            Optional.of(NOON),
            Position.Phase.SECOND,
            NOON.plusSeconds(7),
            id(3),
            Optional.of(NOON.plusSeconds(60)),
            2000,
            5000);

    assertThat(Position.of(position.cursor())).contains(position);
    for (String wrong :
        List.of(
            "",
            "1",
            position.cursor() + "|",
            position.cursor().replace("SECOND", "THIRD"),
            "2" + position.cursor().substring(1),
            position.cursor().replace(id(3), "x^ORactive=true"))) {
      assertThat(Position.of(wrong)).as(wrong).isEmpty();
    }
  }

  /**
   * Whatever rows share seconds, are hidden, or are touched while the pages are read: every visible
   * row is delivered in its last state.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void no_visible_row_is_missed_by_any_of_many_random_histories(boolean edits) {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      Table table = new Table(random, edits);

      Map<String, Instant> delivered = table.readAll();

      assertThat(delivered.keySet()).as("seed " + seed).containsAll(table.visible());
      for (String id : table.visible()) {
        assertThat(delivered.get(id)).as("seed " + seed).isEqualTo(table.updated.get(id));
      }
    }
  }

  /** Rows with their stamps, some of them hidden, in pages of three. */
  private static final class Table {
    private static final int PAGE = 3;

    /** So that the old rows are read in the first round only. */
    private static final Duration LITTLE = Duration.ofSeconds(2);

    private final Random random;
    private final boolean edits;
    private final Map<String, Instant> updated = new TreeMap<>();
    private final Set<String> hidden = new HashSet<>();
    private Instant now = NOON.plusSeconds(30);

    Table(Random random, boolean edits) {
      this.random = random;
      this.edits = edits;
      int hiddenShare = random.nextInt(100);
      IntStream.range(0, random.nextInt(40))
          .forEach(
              i -> {
                updated.put(id(i), NOON.plusSeconds(random.nextInt(6)));
                if (random.nextInt(100) < hiddenShare) {
                  hidden.add(id(i));
                }
              });
    }

    List<String> visible() {
      return updated.keySet().stream().filter(id -> !hidden.contains(id)).toList();
    }

    /** Rounds until one that began when nobody edited any more. */
    Map<String, Instant> readAll() {
      Map<String, Instant> delivered = new HashMap<>();
      Position at = Position.startingAt(NOON);
      boolean quiet = false;
      boolean more = true;
      for (int pages = 0; more || !quiet; pages++) {
        assertThat(pages).isLessThan(500);
        if (at.begins()) {
          quiet = !edits || pages > 10;
        }
        if (edits && pages <= 10 && !updated.isEmpty() && random.nextBoolean()) {
          now = now.plusSeconds(1);
          List<String> ids = List.copyOf(updated.keySet());
          updated.put(ids.get(random.nextInt(ids.size())), now);
        }
        Step step = at.after(page(at, delivered), LITTLE);
        at = Position.of(step.next().cursor()).orElseThrow();
        more = step.more();
      }
      return delivered;
    }

    private Page page(Position at, Map<String, Instant> delivered) {
      List<String> all = matching(at);
      List<String> seen =
          all.stream().skip(at.offset()).limit(PAGE).filter(id -> !hidden.contains(id)).toList();
      Optional<Last> last =
          seen.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Last(updated.get(seen.get(seen.size() - 1)), seen.get(seen.size() - 1)));
      Page page = new Page(seen.size(), last, OptionalInt.of(all.size()), PAGE, Optional.of(now));
      if (at.after(page, LITTLE).deliver()) {
        seen.forEach(id -> delivered.put(id, updated.get(id)));
      }
      return page;
    }

    private List<String> matching(Position at) {
      List<String> ids = new ArrayList<>();
      updated.forEach(
          (id, time) -> {
            boolean in =
                switch (at.phase()) {
                  case FROM -> !time.isBefore(at.time());
                  case SECOND -> time.equals(at.time()) && id.compareTo(at.lastId()) > 0;
                  case AFTER -> time.isAfter(at.time());
                };
            if (in && at.until().map(end -> !time.isAfter(end)).orElse(true)) {
              ids.add(id);
            }
          });
      ids.sort(Comparator.comparing((String id) -> updated.get(id)).thenComparing(id -> id));
      return ids;
    }
  }

  private static Page page(int rows, Optional<Last> last, int total, Instant server) {
    return new Page(rows, last, OptionalInt.of(total), 10, Optional.of(server));
  }

  private static String id(int n) {
    return "%032x".formatted(n);
  }
}
