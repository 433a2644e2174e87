package dev.taskbridge.reconcile;

import static dev.taskbridge.domain.LinkState.CONFLICT;
import static dev.taskbridge.domain.LinkState.CREATING;
import static dev.taskbridge.domain.LinkState.FAILING;
import static dev.taskbridge.domain.LinkState.LINKED;
import static dev.taskbridge.domain.LinkState.PROPOSED;
import static dev.taskbridge.domain.LinkState.RETIRED;

import dev.taskbridge.domain.LinkState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state machine of a link: one list of rows is behaviour, diagram and coverage. */
public final class LinkTransitions {
  /** One row's left side. */
  public record When(LinkState state, LinkEvent event) {}

  private static final Map<When, LinkState> ROWS = new LinkedHashMap<>();

  static {
    row(PROPOSED, LinkEvent.INTENT_RECORDED, CREATING);
    row(PROPOSED, LinkEvent.COUNTERPART_FOUND, LINKED);
    row(PROPOSED, LinkEvent.CREATION_REFUSED, FAILING);
    row(PROPOSED, LinkEvent.RECORD_GONE, RETIRED);
    row(PROPOSED, LinkEvent.UNLINKED, RETIRED);

    row(CREATING, LinkEvent.INTENT_RECORDED, CREATING);
    row(CREATING, LinkEvent.COUNTERPART_FOUND, LINKED);
    row(CREATING, LinkEvent.CREATION_REFUSED, FAILING);
    row(CREATING, LinkEvent.RECORD_GONE, RETIRED);
    row(CREATING, LinkEvent.UNLINKED, RETIRED);

    row(LINKED, LinkEvent.AGREED, LINKED);
    row(LINKED, LinkEvent.CONFLICT_SEEN, CONFLICT);
    row(LINKED, LinkEvent.FAILURE_SEEN, FAILING);
    row(LINKED, LinkEvent.RECORD_GONE, RETIRED);
    row(LINKED, LinkEvent.RECORD_WANTED, PROPOSED);
    row(LINKED, LinkEvent.UNLINKED, RETIRED);

    row(CONFLICT, LinkEvent.AGREED, LINKED);
    row(CONFLICT, LinkEvent.CONFLICT_SEEN, CONFLICT);
    row(CONFLICT, LinkEvent.FAILURE_SEEN, FAILING);
    row(CONFLICT, LinkEvent.RECORD_GONE, RETIRED);
    row(CONFLICT, LinkEvent.RECORD_WANTED, PROPOSED);
    row(CONFLICT, LinkEvent.UNLINKED, RETIRED);

    row(FAILING, LinkEvent.INTENT_RECORDED, CREATING);
    row(FAILING, LinkEvent.COUNTERPART_FOUND, LINKED);
    row(FAILING, LinkEvent.CREATION_REFUSED, FAILING);
    row(FAILING, LinkEvent.AGREED, LINKED);
    row(FAILING, LinkEvent.CONFLICT_SEEN, CONFLICT);
    row(FAILING, LinkEvent.FAILURE_SEEN, FAILING);
    row(FAILING, LinkEvent.RECORD_GONE, RETIRED);
    row(FAILING, LinkEvent.RECORD_WANTED, PROPOSED);
    row(FAILING, LinkEvent.UNLINKED, RETIRED);

    row(RETIRED, LinkEvent.RECORD_WANTED, PROPOSED);
  }

  private LinkTransitions() {}

  private static void row(LinkState state, LinkEvent event, LinkState next) {
    ROWS.put(new When(state, event), next);
  }

  /**
   * The state after {@code event}.
   *
   * @throws IllegalStateException naming state and event, where the table has no row for them
   */
  public static LinkState next(LinkState state, LinkEvent event) {
    LinkState next = ROWS.get(new When(state, event));
    if (next == null) {
      throw new IllegalStateException("a link that is " + state.word() + " cannot see " + event);
    }
    return next;
  }

  /** Every row, for tests and for documentation. */
  public static Map<When, LinkState> rows() {
    return Map.copyOf(ROWS);
  }
}
