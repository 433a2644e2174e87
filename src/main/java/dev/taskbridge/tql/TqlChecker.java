package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Name;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import dev.taskbridge.tql.TqlParameter.Type;
import dev.taskbridge.tql.TqlProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a well-formed query asks that its object cannot answer. */
final class TqlChecker implements TqlExpression.Visitor<List<TqlProblem>> {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}(\\.0{1,9})?");

  private final TqlObject object;
  private final List<TqlProblem> problems = new ArrayList<>();

  private TqlChecker(TqlObject object) {
    this.object = object;
  }

  static List<TqlProblem> check(TqlExpression expression, TqlObject object) {
    return List.copyOf(expression.accept(new TqlChecker(object)));
  }

  @Override
  public List<TqlProblem> allOf(AllOf allOf) {
    allOf.parts().forEach(part -> part.accept(this));
    return problems;
  }

  @Override
  public List<TqlProblem> anyOf(AnyOf anyOf) {
    anyOf.parts().forEach(part -> part.accept(this));
    return problems;
  }

  @Override
  public List<TqlProblem> not(Not not) {
    return not.part().accept(this);
  }

  @Override
  public List<TqlProblem> nested(Nested nested) {
    TqlParameter parameter = known(nested.name());
    if (parameter == null) {
      return problems;
    }
    if (parameter.type() != Type.NESTED) {
      report(
          Kind.NESTING,
          nested.name().place(),
          nested.name().text(),
          "an operator after " + parameter.keyword() + ", not a bracket",
          Optional.empty());
    } else {
      parameter
          .nested()
          .ifPresent(inner -> problems.addAll(nested.part().accept(new TqlChecker(inner))));
    }
    return problems;
  }

  @Override
  public List<TqlProblem> compare(Compare compare) {
    TqlParameter parameter = plain(compare.name());
    if (parameter == null) {
      return problems;
    }
    boolean ordered = parameter.type() != Type.BOOLEAN && parameter.type() != Type.CHOICE;
    if (compare.comparison().isOrdering() && !ordered) {
      report(
          Kind.OPERATOR,
          compare.name().place(),
          compare.name().text() + " " + compare.comparison().symbol(),
          "= != or IN for " + parameter.keyword(),
          Optional.empty());
    } else {
      value(parameter, compare.value());
    }
    return problems;
  }

  @Override
  public List<TqlProblem> in(In in) {
    TqlParameter parameter = plain(in.name());
    if (parameter != null) {
      in.values().forEach(value -> value(parameter, value));
    }
    return problems;
  }

  @Override
  public List<TqlProblem> textMatch(TextMatch match) {
    TqlParameter parameter = plain(match.name());
    if (parameter != null && parameter.type() != Type.TEXT && parameter.type() != Type.CHOICE) {
      report(
          Kind.OPERATOR,
          match.name().place(),
          match.name().text() + " " + match.operator(),
          "= != > < >= <= or IN for " + parameter.keyword() + ", which is no text",
          Optional.empty());
    }
    return problems;
  }

  @Override
  public List<TqlProblem> nullTest(NullTest test) {
    plain(test.name());
    return problems;
  }

  private @Nullable TqlParameter plain(Name name) {
    TqlParameter parameter = known(name);
    if (parameter != null && parameter.type() == Type.NESTED) {
      report(
          Kind.NESTING,
          name.place(),
          name.text(),
          "a query in brackets after " + parameter.keyword(),
          Optional.empty());
      return null;
    }
    return parameter;
  }

  private @Nullable TqlParameter known(Name name) {
    Optional<TqlParameter> parameter = object.parameter(name.text());
    if (parameter.isEmpty()) {
      List<String> keywords = object.parameters().stream().map(TqlParameter::keyword).toList();
      report(
          Kind.UNKNOWN_PARAMETER,
          name.place(),
          name.text(),
          "a parameter of a " + object.words(),
          Nearest.to(name.text(), keywords));
    }
    return parameter.orElse(null);
  }

  private void value(TqlParameter parameter, TqlValue value) {
    String text = value.asText();
    switch (parameter.type()) {
      case INTEGER -> {
        if (!isInteger(text)) {
          wrongValue(parameter, value, "a whole number");
        }
      }
      case BOOLEAN -> {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
          wrongValue(parameter, value, "true or false");
        }
      }
      case DATE -> {
        if (TqlDate.parse(text).isEmpty()) {
          wrongValue(
              parameter,
              value,
              "a date such as \"2024-01-31 09:30:00\", \"NOW() - 24 HOURS\" or \"TODAY()\"");
        }
      }
      case CHOICE -> {
        if (parameter.choices().stream().noneMatch(text::equalsIgnoreCase)) {
          report(
              Kind.CHOICE,
              value.place(),
              text,
              "one of " + String.join(", ", parameter.choices()) + " for " + parameter.keyword(),
              Nearest.to(text, parameter.choices()));
        }
      }
      case TEXT, NESTED -> {}
    }
  }

  private static boolean isInteger(String text) {
    return INTEGER.matcher(text).matches();
  }

  private void wrongValue(TqlParameter parameter, TqlValue value, String expected) {
    report(
        Kind.VALUE,
        value.place(),
        value.asText(),
        expected + " for " + parameter.keyword(),
        Optional.empty());
  }

  private void report(
      Kind kind, Place place, String found, String expected, Optional<String> nearest) {
    problems.add(new TqlProblem(kind, place.position(), found, expected, nearest));
  }
}
