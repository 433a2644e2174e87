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

  /**
   * The opposite, as Jira reads NOT: pushed down to the operators, so that {@code NOT labels = a}
   * leaves out issues without labels, too.
   */
  default JqlClause negated() {
    return match(
        all -> new Any(all.parts().stream().map(JqlClause::negated).toList()),
        any -> new All(any.parts().stream().map(JqlClause::negated).toList()),
        not -> not.part(),
        r -> new Restriction(r.field(), r.operator().opposite(), r.operands()),
        words -> new Not(words));
  }

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

    /** What asks for the opposite. */
    Operator opposite() {
      return switch (this) {
        case EQUALS -> NOT_EQUALS;
        case NOT_EQUALS -> EQUALS;
        case LIKE -> NOT_LIKE;
        case NOT_LIKE -> LIKE;
        case LESS -> AT_LEAST;
        case AT_LEAST -> LESS;
        case AT_MOST -> MORE;
        case MORE -> AT_MOST;
        case IN -> NOT_IN;
        case NOT_IN -> IN;
        case IS -> IS_NOT;
        case IS_NOT -> IS;
      };
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
