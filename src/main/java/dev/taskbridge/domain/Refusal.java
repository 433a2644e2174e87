package dev.taskbridge.domain;

import java.time.Instant;
import java.util.Optional;

/** Why a system did not do what it was asked. Judged by status and code, never by message text. */
public sealed interface Refusal {
  /** The system's own words, or ours where it had none; bounded, without secrets. */
  String words();

  /** Asked too often, or the system sheds load: not executed, ask again at {@code retryAt}. */
  record Busy(Instant retryAt, String words) implements Refusal {}

  /** This one item was written to too often: not executed, and others are served meanwhile. */
  record Later(Instant retryAt, String words) implements Refusal {}

  /**
   * This item cannot be done as asked; asking the same again is pointless.
   *
   * @param field the field that the system objects to, if it said
   */
  record Rejected(Optional<FieldName> field, String words) implements Refusal {}

  /** Positively not there (any more). */
  record Gone(String words) implements Refusal {}

  /** The credentials are refused, or lack the right for everything asked. */
  record Denied(String words) implements Refusal {}

  /** Sent, but no readable answer: it may have taken effect. */
  record Unknown(String words) implements Refusal {}

  /** Not reached, so certainly not executed. */
  record Unreachable(String words) implements Refusal {}

  /** Whether the whole system, and not just this item, is in trouble. */
  default boolean concernsSystem() {
    return this instanceof Busy
        || this instanceof Denied
        || this instanceof Unknown
        || this instanceof Unreachable;
  }

  /** Whether nothing is wrong with what was asked, so that asking again later may do. */
  default boolean passes() {
    return concernsSystem() || this instanceof Later;
  }
}
