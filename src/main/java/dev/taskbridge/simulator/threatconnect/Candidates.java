package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.tql.TqlExpression;
import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.Comparison;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlParameter;
import dev.taskbridge.tql.TqlParameter.Type;
import dev.taskbridge.tql.TqlValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Narrows what a query has to look at: keys that it names, or the ids above the last one of a
 * keyset scan. The query itself is still asked of each candidate.
 */
final class Candidates {
  private Candidates() {}

  /** Candidates in the order of their ids, each once. */
  static <R extends Row> Iterable<R> of(
      TqlExpression expression, Questions<R> questions, NavigableMap<Long, R> all) {
    List<TqlExpression> conditions =
        expression instanceof AllOf allOf ? allOf.parts() : List.of(expression);
    for (TqlExpression condition : conditions) {
      Iterable<R> named = named(condition, questions);
      if (named != null) {
        return named;
      }
    }
    long above = Long.MIN_VALUE;
    for (TqlExpression condition : conditions) {
      above = Math.max(above, lowestId(condition));
    }
    return all.tailMap(above, true).values();
  }

  private static <R extends Row> @Nullable Iterable<R> named(
      TqlExpression condition, Questions<R> questions) {
    String keyword;
    List<TqlValue> values;
    if (condition instanceof Compare compare && compare.comparison() == Comparison.EQUAL) {
      keyword = compare.name().text();
      values = List.of(compare.value());
    } else if (condition instanceof In in && !in.negated()) {
      keyword = in.name().text();
      values = in.values();
    } else {
      return null;
    }
    Function<Object, Iterable<R>> index = questions.index(keyword);
    TqlParameter parameter = questions.object.parameter(keyword).orElseThrow();
    if (index == null) {
      return null;
    }
    TreeMap<Long, R> rows = new TreeMap<>();
    for (TqlValue value : values) {
      Object key =
          parameter.type() == Type.INTEGER ? id(new BigDecimal(value.asText())) : value.asText();
      index.apply(key).forEach(row -> rows.put(row.id(), row));
    }
    return rows.values();
  }

  private static long lowestId(TqlExpression condition) {
    if (condition instanceof Compare compare
        && compare.name().text().equalsIgnoreCase("id")
        && (compare.comparison() == Comparison.GREATER
            || compare.comparison() == Comparison.AT_LEAST)) {
      return id(new BigDecimal(compare.value().asText()));
    }
    return Long.MIN_VALUE;
  }

  /** Numbers beyond a long are as good as its ends: no id is out there. */
  private static long id(BigDecimal number) {
    return number
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValue();
  }
}
