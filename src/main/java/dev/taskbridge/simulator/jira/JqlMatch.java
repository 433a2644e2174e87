package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlClause.Operator;
import dev.taskbridge.simulator.jira.JqlClause.Restriction;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether an issue matches.
 *
 * @param candidates the only issues that can, from an index; null if that is not known
 */
record JqlMatch(Predicate<Issue> test, @Nullable Set<Long> candidates) {

  static JqlMatch of(Predicate<Issue> test) {
    return new JqlMatch(test, null);
  }

  static JqlMatch all(List<JqlMatch> parts) {
    Predicate<Issue> test = issue -> true;
    Set<Long> fewest = null;
    for (JqlMatch part : parts) {
      test = test.and(part.test());
      Set<Long> candidates = part.candidates();
      if (candidates != null && (fewest == null || candidates.size() < fewest.size())) {
        fewest = candidates;
      }
    }
    return new JqlMatch(test, fewest);
  }

  static JqlMatch any(List<JqlMatch> parts) {
    Predicate<Issue> test = issue -> false;
    Set<Long> union = new HashSet<>();
    boolean known = true;
    for (JqlMatch part : parts) {
      test = test.or(part.test());
      Set<Long> candidates = part.candidates();
      if (candidates == null) {
        known = false;
      } else {
        union.addAll(candidates);
      }
    }
    return new JqlMatch(test, known ? union : null);
  }

  /**
   * {@code = != in not in is is not}. The negative ones leave out issues where the field is empty,
   * unless emptiness is what they ask about.
   *
   * @param empty whether the field is empty
   * @param matches whether it holds one of the values, EMPTY left aside
   */
  static JqlMatch equality(Restriction r, Predicate<Issue> empty, Predicate<Issue> matches) {
    boolean asksForEmpty = r.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.EMPTY);
    boolean onlyEmpty = asksForEmpty && r.operands().size() == 1;
    Predicate<Issue> hit = asksForEmpty ? matches.or(empty) : matches;
    return switch (r.operator()) {
      case IS -> of(empty);
      case IS_NOT -> of(empty.negate());
      case EQUALS, IN -> of(onlyEmpty ? empty : hit);
      case NOT_EQUALS, NOT_IN -> of(empty.negate().and(onlyEmpty ? issue -> true : hit.negate()));
      default -> throw unsupported(r);
    };
  }

  /**
   * As {@link #equality}, and {@code < <= > >=}.
   *
   * @param order compares the issue's value with the query's; null where the field is empty
   */
  static JqlMatch order(
      Restriction r,
      Predicate<Issue> empty,
      Predicate<Issue> matches,
      Function<Issue, @Nullable Integer> order) {
    return switch (r.operator()) {
      case LESS, AT_MOST, MORE, AT_LEAST ->
          of(
              issue -> {
                Integer compared = order.apply(issue);
                return compared != null && holds(r.operator(), compared);
              });
      default -> equality(r, empty, matches);
    };
  }

  private static boolean holds(Operator operator, int compared) {
    return switch (operator) {
      case LESS -> compared < 0;
      case AT_MOST -> compared <= 0;
      case MORE -> compared > 0;
      default -> compared >= 0;
    };
  }

  static BadJql unsupported(Restriction r) {
    return new BadJql(Wording.JQL_OPERATOR, r.operator().sign, r.field());
  }

  /** What is asked for, emptiness left aside. */
  static List<Operand> values(Restriction r) {
    return r.operands().stream().filter(o -> o.kind() != Operand.Kind.EMPTY).toList();
  }

  /** Whether only issues that hold one of the values can match, so that an index may be asked. */
  static boolean onlyThose(Restriction r) {
    return (r.operator() == Operator.EQUALS || r.operator() == Operator.IN)
        && values(r).size() == r.operands().size();
  }
}
