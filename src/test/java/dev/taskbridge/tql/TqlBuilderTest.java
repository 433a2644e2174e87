package dev.taskbridge.tql;

import static dev.taskbridge.tql.TqlBuilder.allOf;
import static dev.taskbridge.tql.TqlBuilder.anyOf;
import static dev.taskbridge.tql.TqlBuilder.before;
import static dev.taskbridge.tql.TqlBuilder.contains;
import static dev.taskbridge.tql.TqlBuilder.greater;
import static dev.taskbridge.tql.TqlBuilder.has;
import static dev.taskbridge.tql.TqlBuilder.is;
import static dev.taskbridge.tql.TqlBuilder.isNull;
import static dev.taskbridge.tql.TqlBuilder.not;
import static dev.taskbridge.tql.TqlBuilder.oneOf;
import static dev.taskbridge.tql.TqlBuilder.oneOfNumbers;
import static dev.taskbridge.tql.TqlBuilder.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TqlBuilderTest {
  @Test
  void composes_what_a_delta_poll_asks() {
    TqlExpression filter =
        Tql.parse("status = 'Open' or status = 'Pending'")
            .match(
                query -> query,
                problem -> {
                  throw new AssertionError(problem);
                });

    assertThat(
            Tql.print(
                allOf(
                    filter,
                    has("hasCase", since("lastUpdated", Instant.parse("2024-01-31T09:30:00.9Z"))),
                    greater("id", 17))))
        .isEqualTo(
            "(status = \"Open\" or status = \"Pending\") and hasCase(lastUpdated >= \"2024-01-31"
                + " 09:30:00\") and id > 17");
  }

  @Test
  void composes_every_kind_of_condition() {
    TqlExpression all =
        anyOf(
            is("id", 5),
            is("required", false),
            oneOf("xid", List.of("a\"b", "c\\d")),
            oneOfNumbers("caseId", List.of(1L, 2L)),
            allOf(not(contains("name", "it's")), isNull("dueDate")),
            before("dueDate", Instant.parse("2024-01-31T09:30:00.1Z")));

    assertThat(Tql.print(all))
        .isEqualTo(
            "(id = 5 or required = false or xid in (\"a\\\"b\", \"c\\\\d\") or caseId in (1, 2) or"
                + " not name contains \"it\\'s\" and dueDate is null or dueDate < \"2024-01-31"
                + " 09:30:01\")");
    assertThat(Tql.check(Tql.print(all), TqlObject.TASK)).isEmpty();
  }

  @Test
  void an_empty_list_is_refused_for_it_cannot_be_said() {
    assertThatThrownBy(() -> oneOf("xid", List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
