package dev.taskbridge.tql;

import java.util.function.Function;

/** What reading a query gave. */
public sealed interface TqlResult {
  <R> R match(Function<TqlExpression, R> query, Function<TqlProblem, R> failure);

  /** The text is a query. */
  record Query(TqlExpression expression) implements TqlResult {
    @Override
    public <R> R match(Function<TqlExpression, R> query, Function<TqlProblem, R> failure) {
      return query.apply(expression);
    }
  }

  /** The text is no query; the first problem says where it stops being one. */
  record Failure(TqlProblem problem) implements TqlResult {
    @Override
    public <R> R match(Function<TqlExpression, R> query, Function<TqlProblem, R> failure) {
      return failure.apply(problem);
    }
  }
}
