package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Read and write rules, as the switches set them; an administrator is above them. */
final class Access {
  /** The families of tables that are not set-up. */
  private static final Set<String> WRITTEN_BY_ALL =
      Set.of("task", "cmdb_ci", "sys_attachment", "sys_import_set_row");

  private Access() {}

  static Set<String> unreadableFields(Instance instance, Session session, String table) {
    return fields(instance, session, table, Trap.UNREADABLE_FIELDS);
  }

  static Set<String> unwritableFields(Instance instance, Session session, String table) {
    return fields(instance, session, table, Trap.UNWRITABLE_FIELDS);
  }

  /** The ids of the rows of {@code table} that this session may not see. */
  static Set<String> hiddenRows(Instance instance, Session session, String table) {
    JsonObject rules = instance.switches.object(Trap.HIDDEN_ROWS);
    if (session.isAdmin() || rules.isEmpty()) {
      return Set.of();
    }
    Set<String> hidden = new HashSet<>();
    for (String ruled : rules.fieldNames()) {
      if (instance.schema.has(ruled)
          && (instance.schema.isA(table, ruled) || instance.schema.isA(ruled, table))) {
        instance
            .search(ruled, rules.getString(ruled), Session.SYSTEM)
            .forEach(row -> hidden.add(row.sysId()));
      }
    }
    return hidden;
  }

  static boolean mayRead(Instance instance, Session session, Row row) {
    return !hiddenRows(instance, session, row.table()).contains(row.sysId())
        && denial(instance, session, row.table()).isEmpty();
  }

  /** {@code empty}, {@code forbidden}, {@code forbidden-fields}, or nothing when all is well. */
  static String denial(Instance instance, Session session, String table) {
    if (session.isAdmin()) {
      return "";
    }
    boolean lacksSecurityRole =
        table.startsWith("sn_si_")
            && instance.switches.on(Trap.SECURITY_NEEDS_ROLE)
            && session.roles().stream().noneMatch(role -> role.startsWith("sn_si."));
    return lacksSecurityRole
        ? "empty"
        : instance.switches.object(Trap.DENIED_TABLES).getString(table, "");
  }

  /** Whether this session may insert, change and delete records of a table at all. */
  static boolean mayWrite(Instance instance, Session session, String table) {
    return session.isAdmin()
        || (denial(instance, session, table).isEmpty()
            && (!instance.switches.on(Trap.SETUP_NEEDS_ADMIN)
                || WRITTEN_BY_ALL.stream().anyMatch(root -> instance.schema.isA(table, root))));
  }

  private static Set<String> fields(Instance instance, Session session, String table, Trap trap) {
    JsonObject rules = instance.switches.object(trap);
    if (session.isAdmin() || rules.isEmpty()) {
      return Set.of();
    }
    List<String> line = instance.schema.lineage(table);
    return line.stream()
        .flatMap(name -> rules.getJsonArray(name, new JsonArray()).stream())
        .map(String::valueOf)
        .collect(Collectors.toSet());
  }
}
