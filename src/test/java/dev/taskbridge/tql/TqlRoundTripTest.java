package dev.taskbridge.tql;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.taskbridge.tql.TqlExpression.TextOperator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is printed is read back as what it was. */
final class TqlRoundTripTest {

  @Property(tries = 2000)
  void an_expression_survives_being_printed_and_read(@ForAll("expressions") TqlExpression any) {
    assertThat(Tql.parse(Tql.print(any))).isEqualTo(new TqlResult.Query(any));
  }

  @Property(tries = 2000)
  void printing_what_was_read_changes_nothing(@ForAll("expressions") TqlExpression any) {
    String printed = Tql.print(any);

    assertThat(Tql.parse(printed).match(Tql::print, TqlProblem::message)).isEqualTo(printed);
  }

  /** Whatever a value contains, it never becomes part of the query around it. */
  @Property(tries = 2000)
  void a_value_stays_a_value(@ForAll String text) {
    TqlExpression composed =
        TqlBuilder.allOf(TqlBuilder.is("name", text), TqlBuilder.is("required", true));

    assertThat(Tql.parse(Tql.print(composed))).isEqualTo(new TqlResult.Query(composed));
  }

  @Provide
  Arbitrary<TqlExpression> expressions() {
    return Arbitraries.lazyOf(
        TqlRoundTripTest::comparisons,
        TqlRoundTripTest::lists,
        TqlRoundTripTest::textMatches,
        TqlRoundTripTest::nullTests,
        () -> several().map(AllOf::new),
        () -> several().map(AnyOf::new),
        () -> expressions().map(Not::new),
        () -> Combinators.combine(names(), expressions()).as(Nested::new));
  }

  private Arbitrary<List<TqlExpression>> several() {
    return expressions().list().ofMinSize(2).ofMaxSize(3);
  }

  private static Arbitrary<TqlExpression> comparisons() {
    return Combinators.combine(names(), Arbitraries.of(Comparison.class), values())
        .as(Compare::new);
  }

  private static Arbitrary<TqlExpression> lists() {
    return Combinators.combine(
            names(), Arbitraries.of(true, false), values().list().ofMinSize(1).ofMaxSize(4))
        .as(In::new);
  }

  private static Arbitrary<TqlExpression> textMatches() {
    return Combinators.combine(
            names(),
            Arbitraries.of(true, false),
            Arbitraries.of(TextOperator.class),
            values().list().ofMinSize(1).ofMaxSize(3))
        .as(TextMatch::new);
  }

  private static Arbitrary<TqlExpression> nullTests() {
    return Combinators.combine(names(), Arbitraries.of(true, false)).as(NullTest::new);
  }

  private static Arbitrary<Name> names() {
    return Arbitraries.of("id", "dueDate", "hasCase", "x_1", "_", "notNull", "trueish")
        .map(Name::of);
  }

  private static Arbitrary<TqlValue> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12).map(text -> new TqlValue.Text(text, Place.NOWHERE)),
        Arbitraries.strings()
            .withChars("\"'`\\ab ()%\n")
            .ofMaxLength(8)
            .map(text -> new TqlValue.Text(text, Place.NOWHERE)),
        Arbitraries.bigDecimals().map(number -> new TqlValue.Number(number, Place.NOWHERE)),
        Arbitraries.of(true, false).map(truth -> new TqlValue.Truth(truth, Place.NOWHERE)));
  }
}
