package dev.taskbridge.simulation;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.reconcile.ConflictPolicy;
import dev.taskbridge.reconcile.Direction;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** Bridges that make something else of what people configured. */
final class WrongSettings {
  private WrongSettings() {}

  static final class NoSearchLag extends Flaw {
    @Override
    Duration searchLag(Duration real) {
      return Duration.ofSeconds(-1);
    }
  }

  static final class LastWriterWins extends Flaw {
    @Override
    Settings read(Settings configured) {
      ConflictPolicy newest = ConflictPolicy.NEWEST;
      return with(
          configured,
          Map.of(FieldName.TITLE, newest, FieldName.STATUS, newest, FieldName.DUE_DATE, newest),
          configured.directions(),
          configured.zone());
    }
  }

  static final class EverythingBothWays extends Flaw {
    @Override
    Settings read(Settings configured) {
      Direction both = Direction.BOTH;
      return with(
          configured,
          configured.policies(),
          Map.of(FieldName.TITLE, both, FieldName.STATUS, both, FieldName.DUE_DATE, both),
          configured.zone());
    }
  }

  static final class DaysInAnotherZone extends Flaw {
    @Override
    Settings read(Settings configured) {
      return with(
          configured, configured.policies(), configured.directions(), ZoneId.of("Asia/Tokyo"));
    }
  }

  private static Settings with(
      Settings configured,
      Map<FieldName, ConflictPolicy> policies,
      Map<FieldName, Direction> directions,
      ZoneId zone) {
    return new Settings(
        policies,
        directions,
        configured.strictStatus(),
        zone,
        configured.titleLimit(),
        configured.create(),
        configured.onTaskDeleted(),
        configured.onTicketDeleted(),
        configured.notes());
  }
}
