package dev.taskbridge.simulator.servicenow;

/** Which rules look at which table. */
final class BusinessRules {
  private BusinessRules() {}

  /** Rules that may amend or refuse a change before it is stored. */
  static void before(Instance instance, Change change) {
    if (!instance.schema.isA(change.table, "task")) {
      return;
    }
    TaskRules.before(instance, change);
    switch (change.table) {
      case "incident" -> IncidentRules.before(instance, change);
      case "problem" -> ProblemRules.before(instance, change);
      case "change_request" -> ChangeRules.before(instance, change);
      case "sn_si_incident" -> SecurityRules.beforeIncident(instance, change);
      case "sn_si_task" -> SecurityRules.beforeTask(change);
      default -> {}
    }
    TaskRules.closing(instance, change);
  }

  /** Rules that touch other records afterwards. */
  static void after(Instance instance, RecordWriter writer, Change change, Row row) {
    switch (change.table) {
      case "incident" -> IncidentRules.after(instance, writer, change, row);
      case "sc_task" -> CatalogRules.after(instance, writer, change, row);
      case "sn_si_incident" -> SecurityRules.afterIncident(instance, writer, change, row);
      default -> {}
    }
  }
}
