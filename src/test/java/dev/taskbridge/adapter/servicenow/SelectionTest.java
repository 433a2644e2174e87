package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTest {
  private static final TableRules INCIDENT = TableRules.of("incident", List.of());
  private static final Columns.Known KNOWN =
      new Columns.Known(
          Map.of("active", true, "category", true, "assignment_group", true, "u_task", true),
          Set.of());

  @Test
  void a_linked_ticket_is_followed_whatever_the_rule_says() {
    assertThat(Selection.of(scope("active=true")).within("a>1")).isEqualTo("a>1");
  }

  @Test
  void each_alternative_of_a_rule_gets_the_range_and_pairs_made_by_hand_come_too() {
    Scope scope =
        new Scope(
            Map.of(
                "table", "incident",
                "candidates", "true",
                "rule", "active=true^category=x^ORcategory=y^NQactive=false^ORDERBYDESCnumber^EQ",
                "match", "u_task"),
            List.of(),
            Map.of());

    assertThat(Selection.of(scope).within("a>1"))
        .isEqualTo(
            "a>1^active=true^category=x^ORcategory=y"
                + "^NQa>1^active=false"
                + "^NQa>1^u_taskISNOTEMPTY");
  }

  @ParameterizedTest
  @CsvSource({
    "active=true^category=network,",
    "assignment_group.name=SOC,",
    "categoryIN1^ORcategoryISEMPTY^NQactive=true,",
    "active=true^catgory=network, incident.catgory",
    "active=true^ORactiv=true, incident.activ",
    "asignment_group.name=SOC, incident.asignment_group",
    "active=true^123TEXTQUERY321=x, 123TEXTQUERY321",
    "active=true^, ",
  })
  void a_rule_is_asked_with_only_if_every_column_is_there(String rule, String named) {
    var problem = Selection.problem(scope(rule), INCIDENT, KNOWN);

    if (named == null) {
      assertThat(problem).isEmpty();
    } else {
      assertThat(problem).get().asString().contains(named);
    }
  }

  private static Scope scope(String rule) {
    return new Scope(Map.of("table", "incident", "rule", rule), List.of(), Map.of());
  }
}
