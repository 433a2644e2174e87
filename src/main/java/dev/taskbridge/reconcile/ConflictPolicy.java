package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Side;
import java.time.Instant;
import java.util.Optional;

/** Who is right about a field that both sides changed. */
public enum ConflictPolicy {
  THREATCONNECT {
    @Override
    Optional<Side> winner(Optional<Instant> taskChanged, Instant ticketChanged) {
      return Optional.of(Side.TASK);
    }
  },
  TICKET {
    @Override
    Optional<Side> winner(Optional<Instant> taskChanged, Instant ticketChanged) {
      return Optional.of(Side.TICKET);
    }
  },
  /**
   * The later change, as far as the two systems' clocks tell: a task has no time of its own, so its
   * case's clock stands in for it. The task wins a tie, or when no time is known.
   */
  NEWEST {
    @Override
    Optional<Side> winner(Optional<Instant> taskChanged, Instant ticketChanged) {
      return Optional.of(
          taskChanged.filter(ticketChanged::isAfter).isPresent() ? Side.TICKET : Side.TASK);
    }
  },
  /** Nobody, until a person has chosen. */
  ASK {
    @Override
    Optional<Side> winner(Optional<Instant> taskChanged, Instant ticketChanged) {
      return Optional.empty();
    }
  };

  /** The side whose value is kept; empty leaves it to a person. Pure: no I/O, no clock. */
  abstract Optional<Side> winner(Optional<Instant> taskChanged, Instant ticketChanged);

  /** The side that holds when neither moved and yet they disagree, as after an edited mapping. */
  Side authority() {
    return this == TICKET ? Side.TICKET : Side.TASK;
  }
}
