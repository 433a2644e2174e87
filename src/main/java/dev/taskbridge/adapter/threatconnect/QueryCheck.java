package dev.taskbridge.adapter.threatconnect;

import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlExpression;
import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Name;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import dev.taskbridge.tql.TqlObject;
import dev.taskbridge.tql.TqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a query for tasks without asking it, against our own list and the server's. */
public final class QueryCheck {
  private QueryCheck() {}

  /**
   * What is wrong with the query, each with its position, what was expected and the nearest name.
   *
   * @param offered the parameters that the server names for tasks; empty if it was not asked. A
   *     parameter that only the server knows is no problem, one that only we know is.
   */
  public static List<String> problems(String query, List<String> offered) {
    Set<String> known =
        offered.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    List<String> problems = new ArrayList<>();
    for (TqlProblem problem : Tql.check(query, TqlObject.TASK)) {
      boolean isNewToUs =
          problem.kind() == TqlProblem.Kind.UNKNOWN_PARAMETER
              && known.contains(problem.found().toLowerCase(Locale.ROOT));
      if (!isNewToUs) {
        problems.add(problem.message());
      }
    }
    if (problems.isEmpty() && !known.isEmpty()) {
      Tql.parse(query).match(QueryCheck::names, failure -> List.<Name>of()).stream()
          .filter(name -> !known.contains(name.text().toLowerCase(Locale.ROOT)))
          .forEach(
              name ->
                  problems.add(
                      "position "
                          + name.place().position()
                          + ": this server has no parameter '"
                          + name.text()
                          + "'"));
    }
    return problems;
  }

  /** The parameters of the task itself, not those inside {@code hasCase(…)}. */
  private static List<Name> names(TqlExpression query) {
    List<Name> names = new ArrayList<>();
    query.accept(
        new TqlExpression.Visitor<Boolean>() {
          @Override
          public Boolean allOf(AllOf allOf) {
            allOf.parts().forEach(part -> part.accept(this));
            return true;
          }

          @Override
          public Boolean anyOf(AnyOf anyOf) {
            anyOf.parts().forEach(part -> part.accept(this));
            return true;
          }

          @Override
          public Boolean not(Not not) {
            return not.part().accept(this);
          }

          @Override
          public Boolean nested(Nested nested) {
            return names.add(nested.name());
          }

          @Override
          public Boolean compare(Compare compare) {
            return names.add(compare.name());
          }

          @Override
          public Boolean in(In in) {
            return names.add(in.name());
          }

          @Override
          public Boolean textMatch(TextMatch match) {
            return names.add(match.name());
          }

          @Override
          public Boolean nullTest(NullTest test) {
            return names.add(test.name());
          }
        });
    return names;
  }
}
