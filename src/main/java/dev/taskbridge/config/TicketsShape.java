package dev.taskbridge.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.config.SyncConfig.Tickets;
import dev.taskbridge.config.shape.Choice;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.Kinds;
import dev.taskbridge.config.shape.MapOf;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Shape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The {@code tickets:} of a sync, whose keys depend on the kind of the system they name. */
record TicketsShape(Set<String> otherKinds) implements Shape<Tickets> {
  private static final Key<String> SYSTEM =
      Key.required("system", Scalars.text("the name of a system"), "One of `systems`.");
  private static final Key<Optional<String>> JIRA_RULE =
      Key.optional("rule", Scalars.text("JQL"), "JQL that selects the tickets to become tasks.");
  private static final Key<Optional<String>> JIRA_MATCH =
      Key.optional(
          "match",
          Scalars.matching("a custom field such as customfield_10060", SystemShapes.CUSTOM_FIELD),
          "The field that holds the task's xid in pairs that people made by hand.");
  private static final Key<String> PROJECT =
      Key.required("project", Scalars.text("a project key such as SEC"), "The project's key.");
  private static final Key<String> TYPE =
      Key.or("type", Scalars.text("an issue type"), "Task", "Task", "The issue type to create.");

  private static final Key<Optional<String>> REMOTE_LINK =
      Key.optional(
          "remoteLink",
          new TemplateShape(),
          "Where people find a task, such as `https://tc.example.com/#/cases/${case.id}`, or"
              + " `${task.url}`: the issue of every new pair gets a link there, at one request apiece.");

  private static final Key<Optional<String>> SERVICENOW_RULE =
      Key.optional(
          "rule",
          Scalars.text("an encoded query"),
          "An encoded query that selects the tickets to become tasks.");
  private static final Key<Optional<String>> SERVICENOW_MATCH =
      Key.optional(
          "match",
          Scalars.matching("a column such as u_task_xid", FieldShapes.COLUMN),
          "The column that holds the task's xid in pairs that people made by hand.");
  private static final Key<String> TABLE =
      Key.required(
          "table",
          Scalars.matching("a table such as incident", FieldShapes.COLUMN),
          "The table; one that extends task.");

  private static final Key<Optional<String>> OTHER_RULE =
      Key.optional(
          "rule",
          Scalars.text("a query in the system's own language"),
          "Selects the tickets to become tasks.");
  private static final Key<Optional<String>> OTHER_MATCH =
      Key.optional(
          "match",
          Scalars.text("a field's id"),
          "The field that holds the task's xid in pairs that people made by hand.");
  private static final Key<Map<String, String>> SCOPE =
      Key.or(
          "scope",
          MapOf.of("setting", Scalars.word("a word or a number")),
          Map.of(),
          "none",
          "Whatever the routes of this kind ask for.");

  private static final Section<Tickets> JIRA =
      Section.of(
          List.of(SYSTEM, PROJECT, TYPE, SyncShapes.EVERY, JIRA_RULE, JIRA_MATCH, REMOTE_LINK),
          (values, at) -> {
            Map<String, String> own = new LinkedHashMap<>();
            own.put("project", values.get(PROJECT));
            own.put("type", values.get(TYPE));
            values.get(REMOTE_LINK).ifPresent(address -> own.put("remoteLink", address));
            return tickets(
                values.get(SYSTEM),
                values.get(SyncShapes.EVERY),
                values.get(JIRA_RULE),
                values.get(JIRA_MATCH),
                own);
          });
  private static final Section<Tickets> SERVICENOW =
      Section.of(
          List.of(SYSTEM, TABLE, SyncShapes.EVERY, SERVICENOW_RULE, SERVICENOW_MATCH),
          (values, at) ->
              tickets(
                  values.get(SYSTEM),
                  values.get(SyncShapes.EVERY),
                  values.get(SERVICENOW_RULE),
                  values.get(SERVICENOW_MATCH),
                  Map.of("table", values.get(TABLE))));
  private static final Section<Tickets> OTHER =
      Section.of(
          List.of(SYSTEM, SCOPE, SyncShapes.EVERY, OTHER_RULE, OTHER_MATCH),
          (values, at) ->
              tickets(
                  values.get(SYSTEM),
                  values.get(SyncShapes.EVERY),
                  values.get(OTHER_RULE),
                  values.get(OTHER_MATCH),
                  values.get(SCOPE)));

  /** What the system of a sync is, as far as the document says. */
  static Optional<String> kindOfSystem(Reading sync) {
    return sync.child("tickets")
        .flatMap(tickets -> tickets.child(SYSTEM.word()))
        .flatMap(Reading::text)
        .flatMap(name -> sync.root().child("systems").flatMap(all -> all.child(name.strip())))
        .flatMap(system -> system.child(Kinds.KIND))
        .flatMap(Reading::text);
  }

  @Override
  public Optional<Tickets> read(Reading at) {
    List<Reading> systems = at.root().child("systems").map(Reading::children).orElse(List.of());
    Optional<Reading> named = at.child(SYSTEM.word());
    Optional<String> name = named.flatMap(Reading::text).map(String::strip);
    Optional<Reading> system =
        systems.stream().filter(each -> Optional.of(each.name()).equals(name)).findFirst();
    if (name.isPresent() && system.isEmpty()) {
      Choice.of(systems.stream().map(Reading::name).toList(), word -> word).read(named.get());
      return Optional.empty();
    }
    return section(system.flatMap(each -> each.child(Kinds.KIND)).flatMap(Reading::text), at)
        .read(at);
  }

  private Section<Tickets> section(Optional<String> kind, Reading at) {
    if (kind.filter(otherKinds::contains).isPresent()) {
      return OTHER;
    }
    // Where the kind is a problem itself, the keys here tell which one was meant.
    return kind.orElse("").equals(SystemConfig.ServiceNow.KIND)
            || (!kind.orElse("").equals(SystemConfig.Jira.KIND)
                && at.child(TABLE.word()).isPresent())
        ? SERVICENOW
        : JIRA;
  }

  private static Tickets tickets(
      String system,
      Duration every,
      Optional<String> rule,
      Optional<String> match,
      Map<String, String> own) {
    Map<String, String> settings = new LinkedHashMap<>(own);
    rule.ifPresent(it -> settings.put("rule", it));
    match.ifPresent(it -> settings.put("match", it));
    return new Tickets(system, every, rule, match, settings);
  }

  @Override
  public String accepted() {
    return "a mapping with system and the keys of its kind: project and type, or table";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode anyOf = schema.putArray("anyOf");
    List.of(JIRA, SERVICENOW, OTHER).forEach(section -> anyOf.add(section.schema()));
    return schema;
  }

  @Override
  public void describe(String path, Consumer<Described> keys) {
    JIRA.describe(path + "(jira)", keys);
    SERVICENOW.describe(path + "(servicenow)", keys);
    OTHER.describe(path + "(another kind)", keys);
  }
}
