package dev.taskbridge.tql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** 100,000 texts that nobody would write. */
final class TqlFuzzTest {
  private static final int EACH = 50_000;

  private static final List<String> QUERIES =
      List.of(
          "status in (\"Open\", \"Reopened\") and hasCase(lastUpdated >= \"2024-01-31 09:30:00\")",
          "not (id >= 5 or name not like '%\\'quoted\\'%') and dueDate is not null",
          "hasCase(hasTask(hasNote(data contains `x\\`y`) or id = -1.5))",
          "required=true AND NOT name contains (\"a\",\"b\") or workflowPhase leq 3",
          "assigneeName endswith \"@example.com\" and dueDate < \"NOW() - 30 DAYS\"",
          "a = 1 or (b != 2 and (c > 3 or (d < 4 and (e >= 5 or f <= 6))))");

  private static final String[] PIECES = {
    "(",
    ")",
    ",",
    "\"",
    "'",
    "`",
    "\\",
    " ",
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "like",
    "contains",
    "=",
    "!=",
    ">",
    "<",
    ">=",
    "<>",
    "==",
    "id",
    "status",
    "hasCase(",
    "hasNote(",
    "\"Open\"",
    "'x'",
    "1",
    "-2.5",
    "true",
    "NOW()",
    "\n",
    "\t",
    "é",
    "🦊",
    "\ud83e",
    "\u0000",
    "%",
    "*",
    ";",
    "0x1F",
    "1e9",
    "..",
    "--",
    "\"\\\"",
    "()",
    "( ("
  };

  @Test
  void random_pieces_give_a_query_or_a_position() {
    Random random = new Random(1);
    int queries = 0;
    for (int i = 0; i < EACH; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n >= 0; n--) {
        text.append(
            random.nextInt(8) == 0
                ? Character.toString(random.nextInt(0x2ff))
                : PIECES[random.nextInt(PIECES.length)]);
        text.append(random.nextBoolean() ? " " : "");
      }
      queries += isAnswered(text.toString()) ? 1 : 0;
    }
    assertThat(queries).isPositive();
  }

  @Test
  void mutilated_queries_give_a_query_or_a_position() {
    Random random = new Random(2);
    int queries = 0;
    for (int i = 0; i < EACH; i++) {
      StringBuilder text = new StringBuilder(QUERIES.get(random.nextInt(QUERIES.size())));
      for (int n = random.nextInt(4); n >= 0 && !text.isEmpty(); n--) {
        mutilate(text, random);
      }
      queries += isAnswered(text.toString()) ? 1 : 0;
    }
    assertThat(queries).isPositive();
  }

  private static void mutilate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + 1 + random.nextInt(6));
    switch (random.nextInt(5)) {
      case 0 -> text.delete(at, to);
      case 1 -> text.insert(at, text.substring(at, to));
      case 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 3 -> text.setCharAt(at, (char) random.nextInt(0x2ff));
      default -> text.setLength(at);
    }
  }

  /** Whether the text is a query after all. */
  private static boolean isAnswered(String text) {
    return Tql.parse(text)
        .match(
            query -> {
              if (!Tql.parse(Tql.print(query)).equals(new TqlResult.Query(query))) {
                fail("%s%nis printed as %s", text, Tql.print(query));
              }
              for (TqlProblem problem : Tql.check(query, TqlObject.TASK)) {
                hasAPlace(text, problem);
              }
              return true;
            },
            problem -> {
              hasAPlace(text, problem);
              return false;
            });
  }

  private static void hasAPlace(String text, TqlProblem problem) {
    int end = text.codePointCount(0, text.length()) + 1;
    if (problem.position() < 1 || problem.position() > end || problem.expected().isEmpty()) {
      fail("%s%ngives %s", text, problem);
    }
  }
}
