package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Expression to text. An OR always stands in brackets, at the top, too: ThreatConnect advises it,
 * since it appends conditions of its own.
 */
final class TqlPrinter implements TqlExpression.Visitor<String> {
  private static final TqlPrinter INSTANCE = new TqlPrinter();

  private TqlPrinter() {}

  static String print(TqlExpression expression) {
    return expression.accept(INSTANCE);
  }

  @Override
  public String allOf(AllOf allOf) {
    return allOf.parts().stream().map(TqlPrinter::print).collect(Collectors.joining(" and "));
  }

  @Override
  public String anyOf(AnyOf anyOf) {
    return anyOf.parts().stream()
        .map(TqlPrinter::print)
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  @Override
  public String not(Not not) {
    boolean bare = !(not.part() instanceof AllOf || not.part() instanceof Not);
    return "not " + (bare ? print(not.part()) : bracketed(not.part()));
  }

  @Override
  public String nested(Nested nested) {
    return nested.name().text() + bracketed(nested.part());
  }

  @Override
  public String compare(Compare compare) {
    return compare.name().text()
        + " "
        + compare.comparison().symbol()
        + " "
        + literal(compare.value());
  }

  @Override
  public String in(In in) {
    return in.name().text() + (in.negated() ? " not in " : " in ") + list(in.values());
  }

  @Override
  public String textMatch(TextMatch match) {
    return match.name().text()
        + (match.negated() ? " not " : " ")
        + match.operator().name().toLowerCase(Locale.ROOT)
        + " "
        + (match.values().size() == 1 ? literal(match.values().get(0)) : list(match.values()));
  }

  @Override
  public String nullTest(NullTest test) {
    return test.name().text() + (test.negated() ? " is not null" : " is null");
  }

  private static String bracketed(TqlExpression expression) {
    String text = print(expression);
    return expression instanceof AnyOf ? text : "(" + text + ")";
  }

  private static String list(List<TqlValue> values) {
    return values.stream().map(TqlPrinter::literal).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String literal(TqlValue value) {
    return value.match(
        text -> quoted(text.text()),
        number -> number.number().toPlainString(),
        truth -> Boolean.toString(truth.truth()));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"' || c == '`' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
