package dev.taskbridge.adapter.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where a round of "changed since" stands: a keyset over (sys_updated_on, sys_id), which neither
 * doubles nor skips rows when others are changed meanwhile. A round begins {@code overlap} before
 * the last one began, because rows are committed later than they are stamped and clocks are per
 * node.
 *
 * <p>Rows that the account may not see still use up the limit (documented), so neither a short nor
 * an empty page is the end: the count of matching rows says where the end is. Only to get past a
 * whole page of hidden rows is an offset used, on a range whose end lies in the past, where rows
 * can leave but none can arrive; how many left is seen from the count.
 *
 * @param nextRound where the next round begins; empty if the server does not tell its time
 * @param phase which rows come next
 * @param time compared with sys_updated_on
 * @param lastId the last row's sys_id while its second is being drained
 * @param until the end of a range that is paged by offset
 * @param offset rows of the range passed over
 * @param counted how many rows the range had when it was last counted, -1 if not yet
 */
record Position(
    Optional<Instant> nextRound,
    Phase phase,
    Instant time,
    String lastId,
    Optional<Instant> until,
    int offset,
    int counted) {

  /** Which rows come next. */
  enum Phase {
    /** Those of {@code time} and later: the beginning of a round. */
    FROM,
    /** Those of the second {@code time} with a higher sys_id. */
    SECOND,
    /** Those later than {@code time}. */
    AFTER
  }

  /**
   * What a page said.
   *
   * @param last the last visible row
   */
  record Page(
      int rows, Optional<Last> last, OptionalInt total, int limit, Optional<Instant> serverTime) {}

  /** The last visible row of a page. */
  record Last(Instant updated, String sysId) {}

  /**
   * Where to go on.
   *
   * @param deliver whether the page's rows count; not if rows may have slipped away before them
   * @param more whether the round goes on
   */
  record Step(Position next, boolean deliver, boolean more) {}

  private static final String VERSION = "1";
  private static final Pattern BAR = Pattern.compile("\\|");

  static Position startingAt(Instant time) {
    return new Position(
        Optional.empty(),
        Phase.FROM,
        Instant.ofEpochSecond(time.getEpochSecond()),
        "",
        Optional.empty(),
        0,
        -1);
  }

  /** Whether a round begins here. */
  boolean begins() {
    return phase == Phase.FROM && until.isEmpty();
  }

  String query(Selection selection) {
    String order =
        phase == Phase.SECOND ? "^ORDERBYsys_id" : "^ORDERBYsys_updated_on^ORDERBYsys_id";
    String range =
        switch (phase) {
          case FROM -> "sys_updated_on>=" + Row.stamp(time);
          case SECOND -> "sys_updated_on=" + Row.stamp(time) + "^sys_id>" + lastId;
          case AFTER -> "sys_updated_on>" + Row.stamp(time);
        };
    return selection.within(
            range + until.map(end -> "^sys_updated_on<=" + Row.stamp(end)).orElse(""))
        + order;
  }

  Step after(Page page, Duration overlap) {
    Position here = begins() ? startOfRound(page, overlap) : this;
    if (offset > 0 && counted >= 0 && page.total().isPresent()) {
      int gone = counted - page.total().getAsInt();
      if (gone > 0) {
        return new Step(here.at(Math.max(0, offset - gone), page), false, true);
      }
    }
    return page.last()
        .map(last -> here.afterRows(page, last, overlap))
        .orElseGet(() -> here.afterNone(page, overlap));
  }

  private Position startOfRound(Page page, Duration overlap) {
    return new Position(
        nextRound.or(() -> page.serverTime().map(now -> later(time, now.minus(overlap)))),
        phase,
        time,
        lastId,
        until,
        offset,
        counted);
  }

  private Step afterRows(Page page, Last last, Duration overlap) {
    boolean complete = page.total().isPresent() && page.rows() >= page.total().getAsInt() - offset;
    if (!complete) {
      return go(move(Phase.SECOND, last.updated(), last.sysId(), Optional.empty()));
    }
    if (phase == Phase.SECOND) {
      return go(move(Phase.AFTER, time, "", Optional.empty()));
    }
    return until.isPresent()
        ? go(move(Phase.AFTER, until.get(), "", Optional.empty()))
        : end(last.updated(), overlap);
  }

  private Step afterNone(Page page, Duration overlap) {
    int total = page.total().orElse(0);
    boolean beyond = offset + page.limit() >= total;
    // Whether the count leaves hidden rows out is not documented: one page further, to be sure.
    if (total > 0 && (!beyond || offset == 0)) {
      if (phase != Phase.SECOND && until.isEmpty()) {
        Optional<Instant> end =
            page.serverTime().map(now -> now.minusSeconds(2)).filter(e -> e.isAfter(time));
        if (end.isPresent() && !beyond) {
          return go(move(phase, time, "", end));
        }
      }
      return go(at(offset + page.limit(), page));
    }
    if (phase == Phase.SECOND) {
      return go(move(Phase.AFTER, time, "", Optional.empty()));
    }
    return until.isPresent()
        ? go(move(Phase.AFTER, until.get(), "", Optional.empty()))
        : end(time, overlap);
  }

  private static Step go(Position next) {
    return new Step(next, true, true);
  }

  private Step end(Instant last, Duration overlap) {
    Instant next =
        nextRound.orElseGet(
            () -> phase == Phase.FROM && last.equals(time) ? time : last.minus(overlap));
    return new Step(startingAt(next), true, false);
  }

  private Position at(int newOffset, Page page) {
    return new Position(nextRound, phase, time, lastId, until, newOffset, page.total().orElse(-1));
  }

  private Position move(Phase to, Instant when, String id, Optional<Instant> end) {
    return new Position(nextRound, to, when, id, end, 0, -1);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** As the engine stores it. */
  String cursor() {
    return String.join(
        "|",
        VERSION,
        nextRound.map(Position::seconds).orElse(""),
        phase.name(),
        seconds(time),
        lastId,
        until.map(Position::seconds).orElse(""),
        String.valueOf(offset),
        String.valueOf(counted));
  }

  private static String seconds(Instant time) {
    return String.valueOf(time.getEpochSecond());
  }

  /** Empty if {@code cursor} is not one of ours, such as one of an older version. */
  static Optional<Position> of(String cursor) {
    List<String> parts = List.of(BAR.split(cursor, -1));
    if (parts.size() != 8 || !parts.get(0).equals(VERSION)) {
      return Optional.empty();
    }
    try {
      Phase phase = Phase.valueOf(parts.get(2));
      if (phase == Phase.SECOND && !Query.isSysId(parts.get(4))) {
        return Optional.empty();
      }
      return Optional.of(
          new Position(
              time(parts.get(1)),
              phase,
              time(parts.get(3)).orElseThrow(),
              parts.get(4),
              time(parts.get(5)),
              Integer.parseInt(parts.get(6)),
              Integer.parseInt(parts.get(7))));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String seconds) {
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
  }
}
