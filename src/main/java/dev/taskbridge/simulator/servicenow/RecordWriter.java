package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inserts, updates and deletes with everything that the platform does on the way. */
final class RecordWriter {
  /** What hears of a write after it is stored. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param operation insert, update or delete
     */
    void written(String operation, Row row, Session session);
  }

  private final Instance instance;
  private final WrittenValues written;
  private final DataPolicies policies;
  private final List<Listener> listeners = new ArrayList<>();

  RecordWriter(Instance instance) {
    this.instance = instance;
    this.written = new WrittenValues(instance);
    this.policies = new DataPolicies(instance);
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * What is to be written.
   *
   * @param asLabels choices and references come as labels, times in the writer's zone
   * @param importSet it came through an import set, which data policies may let pass
   */
  record Input(JsonObject body, boolean asLabels, boolean importSet) {
    static Input of(ApiCall call) {
      return new Input(call.firstRecord(), call.isSet("sysparm_input_display_value"), false);
    }
  }

  /** Stores a new record. */
  Row insert(String table, Input input, Session session) {
    String sysId = sysIdFor(table, input.body());
    Map<String, String> start = new HashMap<>(instance.schema.defaults(table));
    start.put("sys_id", sysId);
    Change change = new Change(table, true, session, Map.of(), start);
    written.apply(change, input.body(), input.asLabels());
    if (instance.schema.field(table, "number") != null && change.after("number").isEmpty()) {
      change.set("number", instance.nextNumber(table));
    }
    BusinessRules.before(instance, change);
    policies.check(change, input.importSet());
    Row row = instance.place(table, sysId, change.values(), session.userName(), instance.now());
    appendJournals(change, row);
    after("insert", change, row);
    return row;
  }

  private String sysIdFor(String table, JsonObject body) {
    String given = String.valueOf(body.getValue("sys_id", ""));
    if (!instance.switches.on(Trap.CLIENT_SYS_ID) || !given.matches("[0-9a-f]{32}")) {
      return instance.nextId();
    }
    String root = instance.schema.lineage(table).get(instance.schema.lineage(table).size() - 1);
    if (instance.find(root, given) != null) {
      throw Errors.insertFailed(
          table, "Unique Key violation detected by database: sys_id " + given);
    }
    return given;
  }

  /** Changes a record; without an effective difference nothing moves, not even the time. */
  void update(Row row, Input input, Session session) {
    Change change = new Change(row.table(), false, session, row.copyOfValues(), row.copyOfValues());
    written.apply(change, input.body(), input.asLabels());
    apply(change, row, input.importSet());
  }

  /** Changes a record as a rule does: stored values, no access check, all rules again. */
  void updateByRule(Row row, Map<String, String> values, Session session) {
    Change change = new Change(row.table(), false, session, row.copyOfValues(), row.copyOfValues());
    values.forEach(change::set);
    apply(change, row, false);
  }

  private void apply(Change change, Row row, boolean importSet) {
    if (change.changed().isEmpty() && change.journals.isEmpty()) {
      return;
    }
    BusinessRules.before(instance, change);
    if (change.changed().isEmpty() && change.journals.isEmpty()) {
      return;
    }
    policies.check(change, importSet);
    Map<String, String> changed = change.changed();
    touch(row, change.values(), change.session);
    Audit.update(instance, row, changed, change.session);
    appendJournals(change, row);
    after("update", change, row);
  }

  /** Stores values and stamps the record as updated once. */
  private void touch(Row row, Map<String, String> values, Session session) {
    values.put("sys_updated_on", instance.now());
    values.put("sys_updated_by", session.userName());
    values.put("sys_mod_count", String.valueOf(Numbers.orLowest(row.get("sys_mod_count")) + 1));
    instance.rows(row.table()).change(row, values);
    instance.choices.changed(row.table());
  }

  void delete(Row row, Session session) {
    instance.rows(row.table()).remove(row);
    instance.choices.changed(row.table());
    Audit.delete(instance, row, session);
    listeners.forEach(listener -> listener.written("delete", row, session));
  }

  /** Touches a record without changing a field, as an attachment may. */
  void bump(Row row, Session session) {
    touch(row, row.copyOfValues(), session);
  }

  private void appendJournals(Change change, Row row) {
    change.journals.forEach(
        (element, text) ->
            Journals.append(instance, row, element, text, change.session.userName()));
  }

  private void after(String operation, Change change, Row row) {
    CustomSchema.follow(instance, row);
    BusinessRules.after(instance, this, change, row);
    listeners.forEach(listener -> listener.written(operation, row, change.session));
  }
}
