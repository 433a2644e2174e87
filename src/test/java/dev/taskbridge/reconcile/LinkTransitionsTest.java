package dev.taskbridge.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskbridge.domain.LinkState;
import dev.taskbridge.reconcile.LinkTransitions.When;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkTransitionsTest {
  @Test
  void every_state_can_be_reached_from_a_task_just_seen() {
    Set<LinkState> reached = EnumSet.of(LinkState.PROPOSED);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (var row : LinkTransitions.rows().entrySet()) {
        grew |= reached.contains(row.getKey().state()) && reached.add(row.getValue());
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(LinkState.values());
  }

  @Test
  void every_event_happens_in_some_state() {
    assertThat(LinkTransitions.rows().keySet().stream().map(When::event).distinct())
        .containsExactlyInAnyOrder(LinkEvent.values());
  }

  @Test
  void a_living_link_can_always_be_ended_and_an_ended_one_only_be_begun_again() {
    for (LinkState state : LinkState.values()) {
      if (state != LinkState.RETIRED) {
        assertThat(LinkTransitions.next(state, LinkEvent.UNLINKED)).isEqualTo(LinkState.RETIRED);
        assertThat(LinkTransitions.next(state, LinkEvent.RECORD_GONE)).isEqualTo(LinkState.RETIRED);
      }
    }
    assertThat(
            LinkTransitions.rows().keySet().stream()
                .filter(when -> when.state() == LinkState.RETIRED)
                .map(When::event))
        .containsExactly(LinkEvent.RECORD_WANTED);
  }

  @Test
  void what_the_table_does_not_have_names_state_and_event() {
    assertThatThrownBy(() -> LinkTransitions.next(LinkState.RETIRED, LinkEvent.AGREED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("retired")
        .hasMessageContaining("AGREED");
  }
}
