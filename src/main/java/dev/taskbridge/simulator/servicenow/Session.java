package dev.taskbridge.simulator.servicenow;

import java.time.ZoneId;
import java.util.Set;

/**
 * On whose behalf something happens.
 *
 * @param userName what {@code sys_updated_by} will say
 * @param userId empty for the system itself
 * @param zone in which display values show times and {@code gs.dateGenerate} reads them
 */
record Session(String userName, String userId, Set<String> roles, ZoneId zone, String dateFormat) {
  static final String STORED_DATE_FORMAT = "yyyy-MM-dd HH:mm:ss";

  /** Jobs and asynchronous rules. */
  static final Session SYSTEM =
      new Session("system", "", Set.of("admin"), ZoneId.of("UTC"), STORED_DATE_FORMAT);

  boolean isAdmin() {
    return roles.contains("admin");
  }
}
