package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.People.Person;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every fresh instance holds: people, groups, roles, choices, the dictionary, a few tickets.
 */
final class SmallWorld {
  /** The integration's account: may read and write tickets, not administer. */
  static final String SERVICE_USER = "svc.bridge";

  static final String ADMIN_USER = "admin";

  /** The accounts that can log in; people act through {@code X-Sim-User}. */
  static final Map<String, String> PASSWORDS =
      Map.of(SERVICE_USER, "simulated-password", ADMIN_USER, "simulated-admin-password");

  static final String INCIDENT_CLOSE_POLICY = "Make close info mandatory when resolved or closed";
  static final String INCIDENT_HOLD_POLICY = "Make hold reason mandatory when on hold";
  static final String SECURITY_CLOSE_POLICY = "Make close info mandatory when closed";

  private static final String BUILDER = "system";
  private static final List<String> ROLES =
      List.of(
          "admin",
          "itil",
          "itil_admin",
          "sn_incident_read",
          "sn_incident_write",
          "sn_si.analyst",
          "sn_si.basic",
          "snc_platform_rest_api_access",
          "snc_basic_auth_api_access");
  private static final List<String> SERVICE_ROLES =
      List.of(
          "itil",
          "sn_incident_read",
          "sn_incident_write",
          "sn_si.analyst",
          "sn_si.basic",
          "snc_platform_rest_api_access",
          "snc_basic_auth_api_access");

  private final Instance instance;
  private final String at;

  private SmallWorld(Instance instance) {
    this.instance = instance;
    this.at = Times.stored(instance.clock.instant().minus(Duration.ofDays(30)));
  }

  static void build(Instance instance) {
    SmallWorld world = new SmallWorld(instance);
    SchemaFile file = SchemaFile.read();
    file.tables().forEach(instance.schema::add);
    world.dictionary(file);
    world.choices(file);
    world.people();
    world.dataPolicies();
    world.transformMap();
    world.properties();
    world.tickets();
  }

  static @Nullable Row user(Instance instance, String userName) {
    return instance.rows("sys_user").withValue("user_name", userName).stream()
        .findFirst()
        .orElse(null);
  }

  static String userId(String userName) {
    return Instance.idOf("sys_user " + userName);
  }

  static String groupId(String name) {
    return Instance.idOf("sys_user_group " + name);
  }

  private void place(String table, String identity, Map<String, String> values) {
    instance.place(table, Instance.idOf(table + " " + identity), values, BUILDER, at);
  }

  private void dictionary(SchemaFile file) {
    Map<String, String> dependents = file.dependents();
    for (Table table : instance.schema.tables()) {
      Map<String, String> object = new HashMap<>();
      object.put("name", table.name());
      object.put("label", table.label());
      String parent = table.parent();
      object.put("super_class", parent == null ? "" : Instance.idOf("sys_db_object " + parent));
      place("sys_db_object", table.name(), object);
      table.fields().values().forEach(field -> dictionaryEntry(field, dependents));
    }
  }

  private void dictionaryEntry(Field field, Map<String, String> dependents) {
    String key = field.table() + "." + field.name();
    Map<String, String> values = new HashMap<>();
    values.put("name", field.table());
    values.put("element", field.name());
    values.put("column_label", field.label());
    values.put("internal_type", field.type());
    values.put("max_length", String.valueOf(field.maxLength() == 0 ? 40 : field.maxLength()));
    values.put("reference", field.reference());
    values.put("dependent", dependents.getOrDefault(key, ""));
    values.put(
        "default_value",
        instance.schema.table(field.table()).defaults().getOrDefault(field.name(), ""));
    values.put(
        "display",
        String.valueOf(instance.schema.displayField(field.table()).equals(field.name())));
    place("sys_dictionary", key, values);
  }

  private void choices(SchemaFile file) {
    Map<String, Integer> sequence = new HashMap<>();
    for (SchemaFile.ChoiceLine line : file.choices()) {
      String list = line.table() + "." + line.element();
      Map<String, String> values = new HashMap<>();
      values.put("name", line.table());
      values.put("element", line.element());
      values.put("value", line.value());
      values.put("label", line.label());
      values.put("dependent_value", line.dependentValue());
      values.put("sequence", String.valueOf(sequence.merge(list, 1, Integer::sum)));
      place("sys_choice", list + " " + line.dependentValue() + " " + line.value(), values);
    }
  }

  private void people() {
    for (String role : ROLES) {
      place("sys_user_role", role, Map.of("name", role));
    }
    for (String group : People.GROUPS) {
      place("sys_user_group", group, Map.of("name", group));
    }
    for (Person person : People.ALL) {
      user(person.login(), person.firstName(), person.lastName(), person.email());
      grant(person.login(), "itil");
      if (person.groups().contains(People.SOC_TEAM)) {
        grant(person.login(), "sn_si.analyst");
      }
      for (String group : person.groups()) {
        place(
            "sys_user_grmember",
            person.login() + " " + group,
            Map.of("user", userId(person.login()), "group", groupId(group)));
      }
    }
    grant("lars.berg", "itil_admin");
    user(SERVICE_USER, "Taskbridge", "Service", "svc.bridge@example.com");
    SERVICE_ROLES.forEach(role -> grant(SERVICE_USER, role));
    user(ADMIN_USER, "System", "Administrator", "admin@example.com");
    grant(ADMIN_USER, "admin");
    grant(ADMIN_USER, "snc_basic_auth_api_access");
  }

  private void user(String userName, String first, String last, String email) {
    Map<String, String> values = new HashMap<>();
    values.put("user_name", userName);
    values.put("first_name", first);
    values.put("last_name", last);
    values.put("name", first + " " + last);
    values.put("email", email);
    place("sys_user", userName, values);
  }

  private void grant(String userName, String role) {
    place(
        "sys_user_has_role",
        userName + " " + role,
        Map.of("user", userId(userName), "role", Instance.idOf("sys_user_role " + role)));
  }

  private void dataPolicies() {
    policy(INCIDENT_CLOSE_POLICY, "incident", "stateIN6,7", "close_code", "close_notes");
    policy(INCIDENT_HOLD_POLICY, "incident", "state=3", "hold_reason");
    policy(SECURITY_CLOSE_POLICY, "sn_si_incident", "state=3", "close_code", "close_notes");
  }

  /** The id of one of the delivered data policies. */
  static String policyId(String words) {
    return Instance.idOf("sys_data_policy2 " + words);
  }

  private void policy(String words, String table, String conditions, String... fields) {
    place(
        "sys_data_policy2",
        words,
        Map.of("short_description", words, "model_table", table, "conditions", conditions));
    for (String field : fields) {
      place(
          "sys_data_policy_rule",
          words + " " + field,
          Map.of("sys_data_policy", policyId(words), "table", table, "field", field));
    }
  }

  /** {@code u_taskbridge_incident} becomes incidents, one for each correlation id. */
  private void transformMap() {
    String staging = "u_taskbridge_incident";
    Map<String, String> map =
        Map.of("name", "Taskbridge incident", "source_table", staging, "target_table", "incident");
    place("sys_transform_map", staging, map);
    for (Field field : instance.schema.table(staging).fields().values()) {
      String target = field.name().substring("u_".length());
      Map<String, String> entry = new HashMap<>();
      entry.put("map", Instance.idOf("sys_transform_map " + staging));
      entry.put("source_field", field.name());
      entry.put("target_field", target);
      entry.put("coalesce", String.valueOf(target.equals("correlation_id")));
      place("sys_transform_entry", staging + " " + target, entry);
    }
  }

  private void properties() {
    place(
        "sys_properties",
        "glide.sys.date_format",
        Map.of("name", "glide.sys.date_format", "value", "yyyy-MM-dd"));
    place(
        "sys_properties",
        "glide.sys.time_format",
        Map.of("name", "glide.sys.time_format", "value", "HH:mm:ss"));
  }

  private void tickets() {
    ticket(
        "Laptop of a field engineer does not start", "3", "2", "lars.berg", People.IT_OPERATIONS);
    ticket("VPN drops every hour for the Lisbon office", "2", "2", "", People.IT_OPERATIONS);
    ticket("Suspicious sign-in from an unknown country", "2", "1", "pat.jones", People.SOC_TEAM);
  }

  private void ticket(String words, String impact, String urgency, String assignee, String group) {
    Map<String, String> values = new HashMap<>();
    values.put("short_description", words);
    values.put("impact", impact);
    values.put("urgency", urgency);
    values.put(
        "priority", String.valueOf(Integer.parseInt(impact) + Integer.parseInt(urgency) - 1));
    values.put("caller_id", userId("maria.silva"));
    values.put("opened_by", userId("maria.silva"));
    values.put("opened_at", at);
    values.put("assigned_to", assignee.isEmpty() ? "" : userId(assignee));
    values.put("assignment_group", groupId(group));
    values.put("state", assignee.isEmpty() ? "1" : "2");
    values.put("incident_state", assignee.isEmpty() ? "1" : "2");
    values.put("number", instance.nextNumber("incident"));
    instance.place("incident", instance.nextId(), values, "maria.silva", at);
  }
}
