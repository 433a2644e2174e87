package dev.taskbridge.tql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TqlReadingTest {

  @Test
  void and_binds_tighter_than_or_and_not_tightest() {
    assertThat(printed("not a = 1 and b = 2 or c = 3")).isEqualTo("(not a = 1 and b = 2 or c = 3)");
    assertThat(read("a = 1 or b = 2 and c = 3")).isEqualTo(read("a = 1 or (b = 2 and c = 3)"));
    assertThat(read("a = 1 or b = 2 and c = 3")).isNotEqualTo(read("(a = 1 or b = 2) and c = 3"));
    assertThat(read("not a = 1 and b = 2")).isEqualTo(read("(not a = 1) and b = 2"));
  }

  @Test
  void brackets_that_change_nothing_are_forgotten() {
    assertThat(read("((a = 1) and (b = 2 and (c = 3)))"))
        .isEqualTo(read("a = 1 and b = 2 and c = 3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id == 1 | id = 1",
        "id EQ 1 | id = 1",
        "id equals 1 | id = 1",
        "id NE 1 | id != 1",
        "id gt 1 | id > 1",
        "id LT 1 | id < 1",
        "id GEQ 1 | id >= 1",
        "id leq 1 | id <= 1",
        "id>=4 | id >= 4",
        "x>\"TODAY()\" | x > \"TODAY()\"",
        "id in 5 | id in (5)",
        "name like (\"a%\") | name like \"a%\"",
        "name NOT Contains (\"a\", \"b\") | name not contains (\"a\", \"b\")",
        "name startsWith \"a\" | name startswith \"a\"",
        "dueDate IS NOT NULL | dueDate is not null",
        "dueDate is null | dueDate is null",
        "required = True | required = true",
        "hasCase(id=5)|hasCase(id = 5)",
        "a = -1.50 | a = -1.50",
      })
  void every_spelling_means_its_plain_form(String written, String plain) {
    assertThat(read(written)).isEqualTo(read(plain));
    assertThat(printed(written)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"it\\'s\"", "'it\\'s'", "`it\\'s`", "\"it's\"", "`it's`"})
  void one_text_has_many_quotings(String literal) {
    assertThat(printed("name = " + literal)).isEqualTo("name = \"it\\'s\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status = Open | 10 | Open | \"Open\"",
        "status NEQ \"Open\" | 8 | NEQ | NE",
        "status = \"Open\" adn id = 1 | 17 | adn |",
        "(status = \"Open\" | 17 | '' |",
        "status = | 9 | '' |",
        "id in () | 8 | ) |",
        "id <> 5 | 5 | > |",
        "name = \"abc | 8 | \" |",
        "name = \"a\\nb\" | 10 | \\ |",
        "and id = 1 | 1 | and |",
        "naïve = 1 | 3 | ï |",
        "status Lik \"a\" | 8 | Lik | LIKE",
      })
  void the_first_wrong_token_is_named_with_its_position(
      String query, int position, String found, String nearest) {
    TqlProblem problem = problem(query);

    assertThat(problem.position()).isEqualTo(position);
    assertThat(problem.found()).isEqualTo(found);
    assertThat(problem.nearest().orElse(null)).isEqualTo(nearest);
    assertThat(problem.message()).startsWith("position " + position + ": unexpected ");
  }

  @Test
  void positions_count_characters_not_utf16_units() {
    assertThat(problem("name = \"🦊\" oops").position()).isEqualTo(12);
  }

  @Test
  void bottomless_nesting_is_a_syntax_error() {
    assertThat(problem("(".repeat(100_000)).expected()).contains("100 brackets");
    assertThat(problem("hasCase(".repeat(5_000) + "id = 1").position()).isEqualTo(808);
    assertThat(read("(".repeat(100) + "id = 1" + ")".repeat(100))).isEqualTo(read("id = 1"));
  }

  private static TqlExpression read(String query) {
    return Tql.parse(query)
        .match(
            expression -> expression,
            problem -> {
              throw new AssertionError(query + ": " + problem.message());
            });
  }

  private static String printed(String query) {
    return Tql.print(read(query));
  }

  private static TqlProblem problem(String query) {
    return Tql.parse(query)
        .match(
            expression -> {
              throw new AssertionError("was read: " + expression);
            },
            problem -> problem);
  }
}
