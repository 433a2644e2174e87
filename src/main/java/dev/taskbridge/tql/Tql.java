package dev.taskbridge.tql;

import java.util.List;

/** The door to TQL. Every method is pure and may be called from any thread. */
public final class Tql {
  private Tql() {}

  /** Reads a query; a syntax error is a value, never an exception, however odd the text. */
  public static TqlResult parse(String query) {
    return TqlReader.read(query);
  }

  /** Writes a query so that {@link #parse} reads the same expression from it. */
  public static String print(TqlExpression expression) {
    return TqlPrinter.print(expression);
  }

  /**
   * What is wrong with {@code query} when it is asked of {@code object}, in the order of position;
   * empty if nothing is.
   */
  public static List<TqlProblem> check(String query, TqlObject object) {
    return parse(query).match(expression -> check(expression, object), List::of);
  }

  /** Like {@link #check(String, TqlObject)} for a query that was read before. */
  public static List<TqlProblem> check(TqlExpression expression, TqlObject object) {
    return TqlChecker.check(expression, object);
  }
}
