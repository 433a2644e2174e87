package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.isCalled;
import static dev.taskbridge.adapter.TicketBench.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.jira.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statuses in a workflow of nine, with conditions, required resolutions and a dead end. */
final class JiraWorkflowTest {
  private static final List<String> STATUSES =
      List.of(
          "New",
          "Triage",
          "Assigned",
          "Investigating",
          "Waiting",
          "Containment",
          "Resolved",
          "Closed",
          "Rejected");

  /** From everywhere but the dead end to everything behind Investigating, and forward to it. */
  private static boolean reachable(String from, String to) {
    if (from.equals("Rejected")) {
      return false;
    }
    boolean early = List.of("New", "Triage", "Assigned").contains(from);
    return switch (to) {
      case "New" -> false;
      case "Triage", "Assigned", "Rejected" -> early;
      default -> true;
    };
  }

  private static final Scope SCOPE =
      new Scope(
          Map.of("project", "SEC", "type", "Task"),
          JiraWorld.FIELDS,
          Map.of(
              "Resolved", Map.of("resolution", "Done"),
              "Rejected", Map.of("Resolution", "Won't Do", "comment", "Not for us.")));

  private static TicketBench nineStatuses(Flavour flavour) {
    TicketBench jira = JiraWorld.bench(flavour, SCOPE, JiraWorld.SETTINGS);
    jira.switches("{\"workflow\": \"nine-status\", \"perIssueWriteLimit\": false}");
    return jira;
  }

  private static Ticket made(TicketBench jira) {
    return jira.made(Map.of(FieldName.ASSIGNEE, User.withEmail("maria.silva@example.com")));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void each_reachable_pair_is_walked_and_each_other_is_refused_with_what_can_be_reached(
      Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      for (String from : STATUSES) {
        Ticket start = made(jira);
        if (!from.equals("New")) {
          start = jira.update(start, status(from)).now();
        }
        assertThat(isCalled(start, FieldName.STATUS, from)).as("to " + from).isTrue();
        for (String to : STATUSES) {
          if (to.equals(from)) {
            continue;
          }
          Ticket ticket = made(jira);
          if (!from.equals("New")) {
            ticket = jira.update(ticket, status(from)).now();
          }
          Written<Ticket> written = jira.update(ticket, status(to));
          if (reachable(from, to)) {
            assertThat(written.refused()).as(from + " to " + to).isEmpty();
            assertThat(isCalled(written.now(), FieldName.STATUS, to)).isTrue();
          } else {
            assertThat(written.refused()).as(from + " to " + to).containsOnlyKeys(FieldName.STATUS);
            assertThat(isCalled(written.now(), FieldName.STATUS, from))
                .as(from + " stays, asked for " + to)
                .isTrue();
            String words = written.refused().get(FieldName.STATUS).words();
            assertThat(words).contains(from);
            if (from.equals("Rejected")) {
              assertThat(words).contains("dead end");
            } else {
              assertThat(words).contains("Investigating", "Containment");
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void the_whole_way_is_found_by_an_adapter_that_knows_nothing(Flavour flavour) {
    try (TicketBench warm = nineStatuses(flavour)) {
      Ticket ticket = made(warm);
      TicketBench jira = JiraWorld.with(warm, SCOPE, JiraWorld.SETTINGS);

      Written<Ticket> written = jira.update(jira.present(ticket.id()), status("Closed"));

      assertThat(written.refused()).isEmpty();
      assertThat(isCalled(written.now(), FieldName.STATUS, "Closed")).isTrue();
      assertThat(jira.requests().keySet()).noneMatch(each -> each.contains("Rejected"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_missing_resolution_is_refused_with_the_setting_that_would_help(Flavour flavour) {
    Scope bare = new Scope(SCOPE.settings(), SCOPE.fields(), Map.of());
    try (TicketBench jira = JiraWorld.bench(flavour, bare, JiraWorld.SETTINGS)) {
      jira.switches("{\"workflow\": \"nine-status\", \"perIssueWriteLimit\": false}");
      Ticket ticket = jira.update(made(jira), status("Containment")).now();

      Written<Ticket> written = jira.update(ticket, status("Resolved"));

      assertThat(written.refused().get(FieldName.STATUS).words())
          .contains("Resolution", "\"Done\"", "fields.status.set", "Resolved");
      assertThat(isCalled(written.now(), FieldName.STATUS, "Containment")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_condition_that_this_issue_does_not_meet_is_refused_and_met_later(Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      Ticket other = made(jira);
      jira.update(other, status("Closed"));
      Ticket nobodys = jira.made(Map.of());

      jira.countFromZero();
      Written<Ticket> refused = jira.update(nobodys, status("Investigating"));
      if (flavour == Flavour.CLOUD) {
        // Cloud marks conditional steps, so only the one into Triage was tried.
        assertThat(jira.requests()).containsEntry("POST /rest/api/3/issue/{id}/transitions", 1);
      }
      Written<Ticket> walked =
          jira.update(
              refused.now(),
              Map.of(
                  FieldName.STATUS,
                  status("Investigating").get(FieldName.STATUS),
                  FieldName.ASSIGNEE,
                  User.withEmail("pat.jones@example.com")));

      assertThat(refused.refused()).containsOnlyKeys(FieldName.STATUS);
      assertThat(walked.refused()).isEmpty();
      assertThat(isCalled(walked.now(), FieldName.STATUS, "Investigating")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_transition_that_meets_another_is_tried_again_after_a_fresh_look(Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      Ticket ticket = made(jira);
      jira.switches("{\"transitionConflicts\": 2}");

      Written<Ticket> written = jira.update(ticket, status("Assigned"));

      assertThat(written.refused()).isEmpty();
      assertThat(isCalled(written.now(), FieldName.STATUS, "Assigned")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_half_walked_path_is_resumed_though_the_ticket_was_seen_further_back(Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      Ticket asSeen = made(jira);
      jira.update(asSeen, status("Assigned"));

      Written<Ticket> written = jira.update(asSeen, status("Containment"));

      assertThat(written.refused()).isEmpty();
      assertThat(isCalled(written.now(), FieldName.STATUS, "Containment")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void without_the_permission_to_transition_the_refusal_says_so(Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      Ticket ticket = made(jira);
      jira.switches("{\"transitionIssues\": false}");

      Written<Ticket> written = jira.update(ticket, status("Triage"));

      assertThat(written.refused().get(FieldName.STATUS).words()).contains("may not transition");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_workflow_that_changed_is_learned_anew(Flavour flavour) {
    try (TicketBench jira = nineStatuses(flavour)) {
      Ticket ticket = made(jira);
      jira.update(ticket, status("Closed"));
      List<Ticket> others = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        others.add(made(jira));
      }
      jira.control(
          "PUT",
          "/_sim/workflow",
          """
          {"name": "Short", "initial": "New",
           "statuses": [{"name": "New", "category": "new"},
                        {"name": "Triage", "category": "new"},
                        {"name": "Closed", "category": "done"}],
           "transitions": [{"id": "91", "name": "Skip", "from": ["New"], "to": "Closed"},
                           {"id": "92", "name": "Look", "from": ["New"], "to": "Triage"},
                           {"id": "93", "name": "End", "from": ["Triage"], "to": "Closed"}]}
          """);

      for (Ticket other : others) {
        Written<Ticket> written = jira.update(other, status("Closed"));
        assertThat(written.refused()).isEmpty();
        assertThat(written.now().closed()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_issue_is_not_ended_to_find_out_what_leads_on_from_there_until_another_shows_it(
      Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.control(
          "PUT",
          "/_sim/workflow",
          """
          {"name": "Reopening", "initial": "To Do",
           "statuses": [{"name": "To Do", "category": "new"},
                        {"name": "Done", "category": "done"},
                        {"name": "Reopened", "category": "indeterminate"}],
           "transitions": [{"id": "91", "name": "End", "from": ["To Do"], "to": "Done"},
                           {"id": "92", "name": "Reopen", "from": ["Done"], "to": "Reopened"}]}
          """);
      Ticket ticket = jira.made(Map.of());

      Written<Ticket> refused = jira.update(ticket, status("Reopened"));

      assertThat(isCalled(refused.now(), FieldName.STATUS, "To Do")).isTrue();
      assertThat(refused.refused().get(FieldName.STATUS).words())
          .contains("leads on from \"Done\" is not known", "stands there");

      jira.update(jira.made(Map.of()), status("Done"));
      Written<Ticket> walked = jira.update(refused.now(), status("Reopened"));

      assertThat(walked.refused()).isEmpty();
      assertThat(isCalled(walked.now(), FieldName.STATUS, "Reopened")).isTrue();
    }
  }
}
