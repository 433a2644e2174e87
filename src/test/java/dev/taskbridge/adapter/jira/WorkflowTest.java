package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ways through a workflow of nine statuses with a dead end. */
final class WorkflowTest {
  private static final Map<String, List<String>> EDGES =
      Map.of(
          "New", List.of("Triage"),
          "Triage", List.of("Assigned", "Rejected"),
          "Assigned", List.of("Investigating", "Triage"),
          "Investigating", List.of("Waiting", "Containment", "Investigating"),
          "Waiting", List.of("Investigating"),
          "Containment", List.of("Resolved", "Investigating"),
          "Resolved", List.of("Closed", "Investigating"),
          "Closed", List.of("Investigating"),
          "Rejected", List.of());

  private static Step step(String from, String to) {
    return new Step(from + ">" + to, to, to, to, "", false, false);
  }

  private static List<Step> steps(String from) {
    return EDGES.get(from).stream().map(to -> step(from, to)).toList();
  }

  private static Workflow knowing(Set<String> statuses) {
    Map<String, List<Step>> known = new LinkedHashMap<>();
    statuses.forEach(status -> known.put(status, steps(status)));
    return new Workflow(known);
  }

  private static List<String> way(String from, String to) {
    return knowing(EDGES.keySet()).path(from, steps(from), step -> step.to().equals(to)).stream()
        .map(Step::to)
        .toList();
  }

  @Test
  void the_shortest_way_is_found_over_several_steps() {
    assertThat(way("New", "Closed"))
        .containsExactly(
            "Triage", "Assigned", "Investigating", "Containment", "Resolved", "Closed");
    assertThat(way("Closed", "Waiting")).containsExactly("Investigating", "Waiting");
    assertThat(way("Triage", "Rejected")).containsExactly("Rejected");
  }

  @Test
  void out_of_a_dead_end_and_back_to_the_beginning_there_is_no_way() {
    assertThat(way("Rejected", "New")).isEmpty();
    assertThat(way("Closed", "New")).isEmpty();
    assertThat(way("Closed", "Triage")).isEmpty();
  }

  @Test
  void no_step_is_taken_that_changes_nothing() {
    assertThat(way("Investigating", "Investigating")).isEmpty();
  }

  @Test
  void it_names_what_can_be_reached_nearest_first() {
    assertThat(knowing(EDGES.keySet()).reachable("Closed", steps("Closed")))
        .containsExactly("Investigating", "Waiting", "Containment", "Resolved");
  }

  @Test
  void an_unknown_status_is_approached_by_the_shortest_way() {
    Workflow partly = knowing(Set.of("New", "Triage"));

    Optional<Step> next =
        partly.towardsUnknown("New", steps("New"), step -> !step.to().equals("Rejected"));

    assertThat(next).map(Step::to).contains("Triage");
    assertThat(partly.unknown()).containsExactlyInAnyOrder("Assigned", "Rejected");
  }
}
