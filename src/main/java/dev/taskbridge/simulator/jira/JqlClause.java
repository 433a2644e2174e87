package dev.taskbridge.simulator.jira;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A query as it was written. */
sealed interface JqlClause {
  <R> R match(
      Function<All, R> all,
      Function<Any, R> any,
      Function<Not, R> not,
      Function<Restriction, R> restriction,
      Function<Words, R> words);

  /** Each of them holds. */
  record All(List<JqlClause> parts) implements JqlClause {
    @Override
    public <R> R match(
        Function<All, R> all,
        Function<Any, R> any,
        Function<Not, R> not,
        Function<Restriction, R> restriction,
        Function<Words, R> words) {
      return all.apply(this);
    }
  }

  /** One of them holds. */
  record Any(List<JqlClause> parts) implements JqlClause {
    @Override
    public <R> R match(
        Function<All, R> all,
        Function<Any, R> any,
        Function<Not, R> not,
        Function<Restriction, R> restriction,
        Function<Words, R> words) {
      return any.apply(this);
    }
  }

  record Not(JqlClause part) implements JqlClause {
    @Override
    public <R> R match(
        Function<All, R> all,
        Function<Any, R> any,
        Function<Not, R> not,
        Function<Restriction, R> restriction,
        Function<Words, R> words) {
      return not.apply(this);
    }
  }

  /** A field, an operator and what it is compared with. */
  record Restriction(String field, Operator operator, List<Operand> operands) implements JqlClause {
    @Override
    public <R> R match(
        Function<All, R> all,
        Function<Any, R> any,
        Function<Not, R> not,
        Function<Restriction, R> restriction,
        Function<Words, R> words) {
      return restriction.apply(this);
    }
  }

  /** Words without field or operator: searched for in all text. */
  record Words(String text) implements JqlClause {
    @Override
    public <R> R match(
        Function<All, R> all,
        Function<Any, R> any,
        Function<Not, R> not,
        Function<Restriction, R> restriction,
        Function<Words, R> words) {
      return words.apply(this);
    }
  }

  enum Operator {
    EQUALS("="),
    NOT_EQUALS("!="),
    LIKE("~"),
    NOT_LIKE("!~"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    IN("in"),
    NOT_IN("not in"),
    IS("is"),
    IS_NOT("is not");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    static Operator of(String sign) {
      for (Operator operator : values()) {
        if (operator.sign.equals(sign)) {
          return operator;
        }
      }
      throw new IllegalArgumentException("no operator " + sign);
    }

    /** Whether it asks for what does not match. */
    boolean negative() {
      return this == NOT_EQUALS || this == NOT_LIKE || this == NOT_IN || this == IS_NOT;
    }
  }

  /**
   * @param kind what {@code text} is
   * @param arguments of a function
   */
  record Operand(Kind kind, String text, List<String> arguments) {
    enum Kind {
      QUOTED,
      NUMBER,
      WORD,
      EMPTY,
      FUNCTION
    }
  }

  record Sort(String field, boolean descending) {}

  /**
   * @param clause null if there is no restriction at all
   */
  record Query(@Nullable JqlClause clause, List<Sort> sorts) {}
}
