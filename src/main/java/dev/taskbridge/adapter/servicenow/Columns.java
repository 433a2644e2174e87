package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which columns a table has. A condition on a column that does not exist is dropped and widens the
 * result (documented), so names that people configured are checked here before they are asked with.
 */
final class Columns {
  private static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final int MOST = 3000;

  /**
   * The columns of one table.
   *
   * @param writable by name, whether the dictionary lets it be written; empty where the account may
   *     not read the dictionary (seen for plain itil)
   * @param shown names that a record of the table showed; empty if no record could be seen
   */
  record Known(Map<String, Boolean> writable, Set<String> shown) {
    /** Empty if nothing is known of the table's columns. */
    Optional<Boolean> has(String column) {
      return writable.isEmpty() && shown.isEmpty()
          ? Optional.empty()
          : Optional.of(writable.containsKey(column) || shown.contains(column));
    }
  }

  private final Records records;
  private final Remembered<String, Known> known;

  Columns(Records records, Clock clock) {
    this.records = records;
    this.known = new Remembered<>(clock);
  }

  Outcome<Known> of(TableRules rules) {
    return known
        .get(rules.table())
        .<Outcome<Known>>map(Outcome::done)
        .orElseGet(
            () ->
                dictionary(rules)
                    .then(
                        writable ->
                            writable.isEmpty()
                                ? record(rules).map(shown -> new Known(writable, shown))
                                : Outcome.done(new Known(writable, Set.of())))
                    .map(
                        found -> {
                          if (found.has("sys_id").isPresent()) {
                            known.put(rules.table(), found, GOOD_FOR);
                          }
                          return found;
                        }));
  }

  private Outcome<Map<String, Boolean>> dictionary(TableRules rules) {
    return Verdict.list(
            records.list(
                new Records.Listing(
                    "sys_dictionary",
                    "nameIN" + String.join(",", rules.chain()) + "^elementISNOTEMPTY",
                    new Records.Shape(List.of("name", "element", "read_only"), false),
                    MOST,
                    0,
                    false)))
        .match(
            listed -> {
              Map<String, Boolean> columns = new TreeMap<>();
              listed.rows().stream()
                  .filter(row -> rules.chain().contains(row.value("name")))
                  .forEach(
                      row ->
                          columns.put(
                              row.value("element"), !row.value("read_only").equals("true")));
              return Outcome.done(columns);
            },
            why -> orElse(why, Map.of()));
  }

  /** The newest record with all it has. */
  private Outcome<Set<String>> record(TableRules rules) {
    return Verdict.list(
            records.list(
                new Records.Listing(
                    rules.table(),
                    "ORDERBYDESCsys_updated_on",
                    new Records.Shape(List.of(), false),
                    10,
                    0,
                    false)))
        .match(
            listed -> {
              Set<String> shown = new TreeSet<>();
              listed.rows().forEach(row -> row.node().fieldNames().forEachRemaining(shown::add));
              return Outcome.done(shown);
            },
            why -> orElse(why, Set.of()));
  }

  private static <T> Outcome<T> orElse(Refusal why, T fallback) {
    return why instanceof Refusal.Denied || why instanceof Refusal.Rejected
        ? Outcome.done(fallback)
        : Outcome.refused(why);
  }
}
