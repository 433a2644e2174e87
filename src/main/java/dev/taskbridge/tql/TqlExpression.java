package dev.taskbridge.tql;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A query as a tree. Brackets are gone: the tree's shape says what they said. */
public sealed interface TqlExpression {
  <R> R accept(Visitor<R> visitor);

  /** One method per kind of expression, so that a new kind fails to compile where unhandled. */
  interface Visitor<R> {
    R allOf(AllOf allOf);

    R anyOf(AnyOf anyOf);

    R not(Not not);

    R nested(Nested nested);

    R compare(Compare compare);

    R in(In in);

    R textMatch(TextMatch match);

    R nullTest(NullTest test);
  }

  /** A parameter's name as it was written; TQL compares names without case. */
  record Name(String text, Place place) {
    public static Name of(String text) {
      return new Name(text, Place.NOWHERE);
    }
  }

  /** {@code a AND b AND c}: two parts or more; a part that is itself an AND is taken apart. */
  record AllOf(List<TqlExpression> parts) implements TqlExpression {
    public AllOf {
      parts = atLeastTwo(flat(parts, AllOf.class, AllOf::parts));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.allOf(this);
    }
  }

  /** {@code a OR b OR c}: two parts or more; a part that is itself an OR is taken apart. */
  record AnyOf(List<TqlExpression> parts) implements TqlExpression {
    public AnyOf {
      parts = atLeastTwo(flat(parts, AnyOf.class, AnyOf::parts));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.anyOf(this);
    }
  }

  /** {@code NOT part} in front of a condition or a bracket. */
  record Not(TqlExpression part) implements TqlExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.not(this);
    }
  }

  /** {@code hasCase(part)}: true if a related object answers {@code part}. */
  record Nested(Name name, TqlExpression part) implements TqlExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nested(this);
    }
  }

  /** {@code id >= 5}. */
  record Compare(Name name, Comparison comparison, TqlValue value) implements TqlExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.compare(this);
    }
  }

  /** {@code status IN ("Open", "Reopened")}, or with {@code NOT} before the {@code IN}. */
  record In(Name name, boolean negated, List<TqlValue> values) implements TqlExpression {
    public In {
      values = atLeastOne(values);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.in(this);
    }
  }

  /** {@code name LIKE "%phish%"}; with several values, any of them. */
  record TextMatch(Name name, boolean negated, TextOperator operator, List<TqlValue> values)
      implements TqlExpression {
    public TextMatch {
      values = atLeastOne(values);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.textMatch(this);
    }
  }

  /** {@code dueDate IS NULL}, or {@code IS NOT NULL}. */
  record NullTest(Name name, boolean negated) implements TqlExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nullTest(this);
    }
  }

  /** How two values are compared. */
  enum Comparison {
    EQUAL("="),
    UNEQUAL("!="),
    GREATER(">"),
    LESS("<"),
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean isOrdering() {
      return this != EQUAL && this != UNEQUAL;
    }
  }

  /** How a text is matched; {@code LIKE} reads {@code %} as any run of characters. */
  enum TextOperator {
    LIKE,
    CONTAINS,
    STARTSWITH,
    ENDSWITH
  }

  private static <E extends TqlExpression> List<TqlExpression> flat(
      List<TqlExpression> parts, Class<E> kind, Function<E, List<TqlExpression>> partsOf) {
    return parts.stream()
        .flatMap(
            part ->
                kind.isInstance(part) ? partsOf.apply(kind.cast(part)).stream() : Stream.of(part))
        .toList();
  }

  private static List<TqlExpression> atLeastTwo(List<TqlExpression> parts) {
    if (parts.size() < 2) {
      throw new IllegalArgumentException("needs at least 2 parts, but got " + parts.size());
    }
    return List.copyOf(parts);
  }

  private static List<TqlValue> atLeastOne(List<TqlValue> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("needs at least 1 value, but got none");
    }
    return List.copyOf(values);
  }
}
