package dev.taskbridge.tql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.tql.TqlProblem.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TqlCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status in (\"Open\", \"Reopened\", \"Pending\") and caseSeverity in (\"High\", \"Critical\")",
        "STATUS = \"open\" and DUEDATE < \"now() - 3 days\"",
        "hasCase(hasTag(anything = 1) and lastUpdated > \"2024-01-31\")",
        "id in (1, \"2\") and required != false and name > \"m\"",
        "hasNote(author = \"x\" and hasTask(hasArtifact(noteId = 1)))",
        "name = 5 and workflowStep is not null",
      })
  void a_query_that_a_task_can_answer_has_no_problem(String query) {
    assertThat(Tql.check(query, TqlObject.TASK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stauts = \"Open\" | UNKNOWN_PARAMETER | 1 | stauts | status",
        "id = 1 and casseverity = \"High\" | UNKNOWN_PARAMETER | 12 | casseverity | caseSeverity",
        "zzz = 1 | UNKNOWN_PARAMETER | 1 | zzz |",
        "hasCase(lastUpdate > \"2024-01-31\") | UNKNOWN_PARAMETER | 9 | lastUpdate | lastUpdated",
        "hasCase(dueDate is null) | UNKNOWN_PARAMETER | 9 | dueDate |",
        "hasCase = 5 | NESTING | 1 | hasCase |",
        "name(id = 1) | NESTING | 1 | name |",
        "id = \"five\" | VALUE | 6 | five |",
        "id = 1.5 | VALUE | 6 | 1.5 |",
        "id in (1, \"1e99\") | VALUE | 11 | 1e99 |",
        "required = 1 | VALUE | 12 | 1 |",
        "dueDate > \"tomorrow\" | VALUE | 11 | tomorrow |",
        "dueDate > 2024 | VALUE | 11 | 2024 |",
        "status = \"Opne\" | CHOICE | 10 | Opne | Open",
        "status in (\"Open\", \"Done\") | CHOICE | 20 | Done |",
        "caseSeverity = \"critcal\" | CHOICE | 16 | critcal | Critical",
        "status > \"Open\" | OPERATOR | 1 | status > |",
        "required >= true | OPERATOR | 1 | required >= |",
        "dueDate like \"2024%\" | OPERATOR | 1 | dueDate LIKE |",
        "id contains \"1\" | OPERATOR | 1 | id CONTAINS |",
        "status = Open | SYNTAX | 10 | Open | \"Open\"",
      })
  void a_problem_says_what_where_and_what_was_meant(
      String query, Kind kind, int position, String found, String nearest) {
    List<TqlProblem> problems = Tql.check(query, TqlObject.TASK);

    assertThat(problems).hasSize(1);
    TqlProblem problem = problems.get(0);
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.position()).isEqualTo(position);
    assertThat(problem.found()).isEqualTo(found);
    assertThat(problem.nearest().orElse(null)).isEqualTo(nearest);
    assertThat(problem.message()).contains("position " + position, problem.expected());
  }

  @Test
  void all_problems_come_together_in_order() {
    String query =
        "(stauts = \"Open\" or id = \"x\") and not hasCase(nam like \"a\" or owner = true)";

    assertThat(Tql.check(query, TqlObject.TASK).stream().map(TqlProblem::position))
        .containsExactly(2, 26, 47, 71);
  }

  @Test
  void a_message_reads_as_a_sentence() {
    assertThat(Tql.check("stauts = \"Open\"", TqlObject.TASK).get(0).message())
        .isEqualTo(
            "position 1: unknown parameter 'stauts', expected a parameter of a task; did you mean"
                + " status?");
    assertThat(Tql.check("id = 1 and", TqlObject.TASK).get(0).message())
        .isEqualTo(
            "position 11: unexpected end of query, expected a parameter or an opening bracket");
  }

  @Test
  void the_catalogue_of_a_task_is_the_documented_one() {
    assertThat(TqlObject.TASK.parameters().stream().map(TqlParameter::keyword))
        .containsExactlyInAnyOrder(
            "assignedToUserOrGroup",
            "assigneeName",
            "automated",
            "caseId",
            "caseIdAsString",
            "caseSeverity",
            "completedBy",
            "completedDate",
            "description",
            "dueDate",
            "hasArtifact",
            "hasCase",
            "hasNote",
            "id",
            "missingArtifactCount",
            "name",
            "owner",
            "ownerName",
            "required",
            "status",
            "targetId",
            "targetType",
            "workflowPhase",
            "workflowStep",
            "xid");
    assertThat(TqlObject.TASK.parameter("CASEXID")).isEmpty();
    assertThat(TqlObject.CASE.parameter("LASTUPDATED").orElseThrow().type())
        .isEqualTo(TqlParameter.Type.DATE);
  }
}
