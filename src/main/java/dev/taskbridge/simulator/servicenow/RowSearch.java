package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.servicenow.EncodedQuery.AnyOf;
import dev.taskbridge.simulator.servicenow.EncodedQuery.Branch;
import dev.taskbridge.simulator.servicenow.EncodedQuery.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One encoded query over one table, with the fields looked up and an index chosen. */
final class RowSearch {
  private static final Random SHUFFLING = new Random(7);

  private final Instance instance;
  private final String table;
  private final List<List<Test>> branches;
  private final List<Order> orders;

  /** What {@code ^OR} joins, fields known. */
  private record Test(List<FieldCondition> any) {
    boolean matches(Row row) {
      for (FieldCondition test : any) {
        if (test.matches(row)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Rows that an index offers.
   *
   * @param atMost how many; an upper bound where counting would cost
   */
  record Candidates(Collection<Row> rows, int atMost) {}

  private RowSearch(
      Instance instance, String table, List<List<Test>> branches, List<Order> orders) {
    this.instance = instance;
    this.table = table;
    this.branches = branches;
    this.orders = orders;
  }

  static RowSearch of(Instance instance, String table, String encodedQuery, Session session) {
    EncodedQuery query = EncodedQuery.parse(encodedQuery, instance.switches.on(Trap.CARET_ESCAPE));
    List<List<Test>> branches = new ArrayList<>();
    boolean unknown = false;
    for (Branch branch : query.branches()) {
      List<Test> tests = new ArrayList<>();
      for (AnyOf anyOf : branch.all()) {
        List<FieldCondition> known = new ArrayList<>();
        for (EncodedQuery.Condition condition : anyOf.any()) {
          Optional<FieldCondition> test = FieldCondition.of(instance, table, condition, session);
          test.ifPresent(known::add);
          unknown |= test.isEmpty();
        }
        if (!known.isEmpty()) {
          tests.add(new Test(known));
        }
      }
      branches.add(tests);
    }
    if (unknown && instance.switches.on(Trap.UNKNOWN_FIELD_RETURNS_NO_ROWS)) {
      branches = List.of();
    }
    List<Order> orders =
        query.orders().stream()
            .filter(order -> FieldPath.of(instance, table, order.field()).isPresent())
            .toList();
    return new RowSearch(instance, table, branches, orders);
  }

  /** The matching records in order. */
  List<Row> run() {
    List<Row> found = new ArrayList<>();
    if (branches.size() == 1) {
      find(branches.get(0), found);
    } else {
      Set<Row> distinct = new LinkedHashSet<>();
      for (List<Test> branch : branches) {
        List<Row> some = new ArrayList<>();
        find(branch, some);
        distinct.addAll(some);
      }
      found.addAll(distinct);
    }
    sort(found);
    return found;
  }

  /** Whether one record, stored or not, matches. */
  boolean matches(Row row) {
    return branches.stream().anyMatch(branch -> branch.stream().allMatch(t -> t.matches(row)));
  }

  /** The fields that the query reads, for those who may not read them all. */
  Stream<String> fields() {
    return branches.stream()
        .flatMap(List::stream)
        .flatMap(test -> test.any().stream())
        .map(FieldCondition::firstField);
  }

  private void find(List<Test> branch, List<Row> found) {
    for (String heir : instance.schema.withHeirs(table)) {
      Rows rows = instance.rowsByTable().get(heir);
      if (rows == null || rows.size() == 0) {
        continue;
      }
      for (Row row : candidates(branch, rows)) {
        if (branch.stream().allMatch(test -> test.matches(row))) {
          found.add(row);
        }
      }
    }
  }

  /** The smallest set of rows that an index is sure to hold all matches in. */
  private static Collection<Row> candidates(List<Test> branch, Rows rows) {
    Candidates best = new Candidates(rows.all(), rows.size());
    for (Test test : branch) {
      Candidates these = candidates(test, rows);
      if (these != null && these.atMost() < best.atMost()) {
        best = these;
      }
    }
    return best.rows();
  }

  /** What an index offers for a condition and its alternatives; null if one of them has none. */
  private static @Nullable Candidates candidates(Test test, Rows rows) {
    Set<Row> union = new LinkedHashSet<>();
    for (FieldCondition fieldCondition : test.any()) {
      Candidates some = fieldCondition.candidates(rows).orElse(null);
      if (some == null || test.any().size() == 1) {
        return some;
      }
      union.addAll(some.rows());
    }
    return new Candidates(union, union.size());
  }

  private void sort(List<Row> rows) {
    Comparator<Row> comparator = null;
    for (Order order : orders) {
      Comparator<Row> next =
          FieldPath.of(instance, table, order.field()).orElseThrow().comparator();
      if (order.descending()) {
        next = next.reversed();
      }
      comparator = comparator == null ? next : comparator.thenComparing(next);
    }
    if (instance.switches.on(Trap.UNORDERED_SHUFFLES)) {
      Collections.shuffle(rows, SHUFFLING);
    } else {
      Comparator<Row> byId = Comparator.comparing(Row::sysId);
      comparator = comparator == null ? byId : comparator.thenComparing(byId);
    }
    if (comparator != null) {
      rows.sort(comparator);
    }
  }
}
