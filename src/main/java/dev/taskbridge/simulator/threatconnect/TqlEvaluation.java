package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlDate;
import dev.taskbridge.tql.TqlExpression;
import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.Comparison;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Name;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import dev.taskbridge.tql.TqlParameter;
import dev.taskbridge.tql.TqlProblem;
import dev.taskbridge.tql.TqlProblem.Kind;
import dev.taskbridge.tql.TqlValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into a predicate over rows. Assumed, since the documentation is silent: texts
 * compare with case except fixed choices and the LIKE family; equality of dates looks at whole
 * seconds; an absent value equals nothing, so that {@code =} is false and {@code !=} is true.
 */
final class TqlEvaluation<R> implements TqlExpression.Visitor<Predicate<R>> {
  private final Questions<R> questions;
  private final Instant now;

  private TqlEvaluation(Questions<R> questions, Instant now) {
    this.questions = questions;
    this.now = now;
  }

  /**
   * Reads and checks a query.
   *
   * @throws ReplyException 400 if it is no query or asks what the object cannot answer
   */
  static TqlExpression read(String query, Questions<?> questions) {
    TqlExpression expression =
        Tql.parse(query)
            .match(
                read -> read,
                problem -> {
                  throw invalid(problem);
                });
    for (TqlProblem problem : Tql.check(expression, questions.object)) {
      if (problem.kind() != Kind.CHOICE) {
        throw invalid(problem);
      }
    }
    return expression;
  }

  static <R> Predicate<R> predicate(TqlExpression expression, Questions<R> questions, Instant now) {
    return expression.accept(new TqlEvaluation<>(questions, now));
  }

  private static ReplyException invalid(TqlProblem problem) {
    if (problem.kind() == Kind.UNKNOWN_PARAMETER) {
      return Errors.badRequest("Invalid TQL: unknown parameter '" + problem.found() + "'");
    }
    String found = problem.found().isEmpty() ? "<EOF>" : problem.found();
    return Errors.badRequest(
        "Invalid TQL: unexpected '" + found + "' at position " + problem.position());
  }

  @Override
  public Predicate<R> allOf(AllOf allOf) {
    List<Predicate<R>> parts = allOf.parts().stream().map(part -> part.accept(this)).toList();
    return row -> {
      for (Predicate<R> part : parts) {
        if (!part.test(row)) {
          return false;
        }
      }
      return true;
    };
  }

  @Override
  public Predicate<R> anyOf(AnyOf anyOf) {
    List<Predicate<R>> parts = anyOf.parts().stream().map(part -> part.accept(this)).toList();
    return row -> {
      for (Predicate<R> part : parts) {
        if (part.test(row)) {
          return true;
        }
      }
      return false;
    };
  }

  @Override
  public Predicate<R> not(Not not) {
    return not.part().accept(this).negate();
  }

  @Override
  public Predicate<R> nested(Nested nested) {
    Questions.Related<R, ?> related = questions.related(nested.name().text());
    if (related == null) {
      throw unsupported(nested.name());
    }
    return nested(related, nested.part());
  }

  /** Thousands of tasks share a case: each related row is asked once. */
  private <U> Predicate<R> nested(Questions.Related<R, U> related, TqlExpression part) {
    Predicate<U> asked = predicate(part, related.questions().get(), now);
    Map<U, Boolean> answers = new IdentityHashMap<>();
    return row -> {
      for (U other : related.rows().apply(row)) {
        if (answers.computeIfAbsent(other, asked::test)) {
          return true;
        }
      }
      return false;
    };
  }

  @Override
  public Predicate<R> compare(Compare compare) {
    TqlParameter parameter = parameter(compare.name());
    Comparison comparison = compare.comparison();
    if (comparison.isOrdering()) {
      return matching(compare.name(), ordering(parameter, comparison, compare.value()));
    }
    Predicate<R> equal = matching(compare.name(), equality(parameter, List.of(compare.value())));
    return comparison == Comparison.EQUAL ? equal : equal.negate();
  }

  @Override
  public Predicate<R> in(In in) {
    Predicate<R> equal = matching(in.name(), equality(parameter(in.name()), in.values()));
    return in.negated() ? equal.negate() : equal;
  }

  @Override
  public Predicate<R> textMatch(TextMatch match) {
    List<Predicate<String>> alternatives =
        match.values().stream().map(value -> textMatch(match, value.asText())).toList();
    Predicate<R> found =
        matching(
            match.name(),
            value ->
                alternatives.stream()
                    .anyMatch(one -> one.test(((String) value).toLowerCase(Locale.ROOT))));
    return match.negated() ? found.negate() : found;
  }

  private static Predicate<String> textMatch(TextMatch match, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return switch (match.operator()) {
      case CONTAINS -> value -> value.contains(wanted);
      case STARTSWITH -> value -> value.startsWith(wanted);
      case ENDSWITH -> value -> value.endsWith(wanted);
      case LIKE -> {
        String[] pieces = wanted.split("%", -1);
        yield value -> like(value, pieces);
      }
    };
  }

  /** Takes the pieces between the {@code %} one after the other, never twice: no backtracking. */
  private static boolean like(String value, String[] pieces) {
    if (pieces.length == 1) {
      return value.equals(pieces[0]);
    }
    String last = pieces[pieces.length - 1];
    int from = pieces[0].length();
    int end = value.length() - last.length();
    if (!value.startsWith(pieces[0]) || end < from || !value.endsWith(last)) {
      return false;
    }
    for (int i = 1; i < pieces.length - 1; i++) {
      int at = value.indexOf(pieces[i], from);
      if (at < 0 || at + pieces[i].length() > end) {
        return false;
      }
      from = at + pieces[i].length();
    }
    return true;
  }

  @Override
  public Predicate<R> nullTest(NullTest test) {
    Function<R, @Nullable Object> value = value(test.name());
    Predicate<R> absent =
        row -> {
          Object present = value.apply(row);
          return present == null || (present instanceof Collection<?> some && some.isEmpty());
        };
    return test.negated() ? absent.negate() : absent;
  }

  private TqlParameter parameter(Name name) {
    return questions.object.parameter(name.text()).orElseThrow();
  }

  private Function<R, @Nullable Object> value(Name name) {
    Function<R, @Nullable Object> value = questions.value(name.text());
    if (value == null) {
      throw unsupported(name);
    }
    return value;
  }

  private static ReplyException unsupported(Name name) {
    return Errors.badRequest(
        "Invalid TQL: parameter '" + name.text() + "' is not supported by the simulator");
  }

  private Predicate<R> matching(Name name, Predicate<Object> scalar) {
    Function<R, @Nullable Object> value = value(name);
    return row -> {
      Object present = value.apply(row);
      if (present instanceof Collection<?> several) {
        return several.stream().anyMatch(scalar::test);
      }
      return present != null && scalar.test(present);
    };
  }

  private Predicate<Object> equality(TqlParameter parameter, List<TqlValue> values) {
    Set<Object> wanted = new HashSet<>();
    for (TqlValue value : values) {
      if (!questions.accepts(parameter.keyword(), value.asText())) {
        throw Errors.badRequest(
            "Invalid TQL: unexpected '"
                + value.asText()
                + "' at position "
                + value.place().position());
      }
      wanted.add(comparable(parameter, value));
    }
    return switch (parameter.type()) {
      case DATE -> value -> wanted.contains(((Instant) value).truncatedTo(ChronoUnit.SECONDS));
      case INTEGER -> value -> wanted.contains(BigDecimal.valueOf((Long) value));
      case TEXT, CHOICE, BOOLEAN, NESTED -> wanted::contains;
    };
  }

  /** A literal in the form that a set can look it up in. */
  private Object comparable(TqlParameter parameter, TqlValue value) {
    return switch (parameter.type()) {
      case TEXT, NESTED -> value.asText();
      // Rows hold the choices as they are spelt; a text that is none of them matches nothing.
      case CHOICE ->
          parameter.choices().stream()
              .filter(choice -> choice.equalsIgnoreCase(value.asText()))
              .findFirst()
              .orElse(value.asText());
      case BOOLEAN -> Boolean.valueOf(value.asText());
      // Scale 0, as BigDecimal's equals wants it; the checker lets whole numbers pass only.
      case INTEGER -> new BigDecimal(value.asText()).setScale(0);
      case DATE -> instant(value).truncatedTo(ChronoUnit.SECONDS);
    };
  }

  private Predicate<Object> ordering(
      TqlParameter parameter, Comparison comparison, TqlValue value) {
    IntPredicate fits =
        switch (comparison) {
          case GREATER -> sign -> sign > 0;
          case LESS -> sign -> sign < 0;
          case AT_LEAST -> sign -> sign >= 0;
          case AT_MOST -> sign -> sign <= 0;
          case EQUAL, UNEQUAL -> sign -> (sign == 0) == (comparison == Comparison.EQUAL);
        };
    return switch (parameter.type()) {
      case DATE -> {
        Instant wanted = instant(value);
        yield present -> fits.test(((Instant) present).compareTo(wanted));
      }
      case INTEGER -> {
        BigDecimal wanted = new BigDecimal(value.asText());
        yield present -> fits.test(BigDecimal.valueOf((Long) present).compareTo(wanted));
      }
      case TEXT, CHOICE, BOOLEAN, NESTED -> {
        String wanted = value.asText();
        yield present -> fits.test(((String) present).compareTo(wanted));
      }
    };
  }

  private Instant instant(TqlValue value) {
    return TqlDate.parse(value.asText()).orElseThrow().at(now);
  }
}
