package dev.taskbridge.config;

import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.config.SyncConfig.Tasks;
import dev.taskbridge.config.SyncConfig.Tickets;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.MapOf;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of each of {@code syncs:}. */
final class SyncShapes {
  private static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);
  private static final String DEFAULT_SWEEP = "0 0/15 * * * ?";

  static final Key<Duration> EVERY =
      Key.or(
          "every",
          Scalars.duration(Duration.ofMillis(100)),
          DEFAULT_EVERY,
          Scalars.shown(DEFAULT_EVERY),
          "How often changes are asked for.");

  private static final Key<String> TQL =
      Key.required(
          "tql", Scalars.text("a TQL query"), "Which tasks, in ThreatConnect's query language.");
  private static final Key<Optional<String>> CASE =
      Key.optional(
          "case",
          Scalars.word("the name or id of a case"),
          "The case in which tickets become tasks; required for `create: to-task` and `both`.");

  private static final Key<Tasks> TASKS =
      Key.required(
          "tasks",
          Section.of(
              List.of(TQL, EVERY, CASE),
              (values, at) -> new Tasks(values.get(TQL), values.get(EVERY), values.get(CASE))),
          "Which tasks this sync is about.");
  private static final Key<String> SWEEP =
      Key.or(
          "sweep",
          Scalars.cron(),
          DEFAULT_SWEEP,
          "`" + DEFAULT_SWEEP + "`",
          "When everything is compared, as a Quartz cron expression read in UTC.");
  private static final Key<Create> CREATE =
      Key.or(
          "create",
          Words.choice(Create.values()),
          Create.TO_TICKET,
          Words.of(Create.TO_TICKET),
          "Which side's new records get a counterpart.");
  private static final Key<OnTaskDeleted> ON_TASK_DELETED =
      Key.or(
          "onTaskDeleted",
          Words.choice(OnTaskDeleted.values()),
          OnTaskDeleted.CLOSE,
          Words.of(OnTaskDeleted.CLOSE),
          "What happens to the ticket of a deleted task.");
  private static final Key<OnTicketDeleted> ON_TICKET_DELETED =
      Key.or(
          "onTicketDeleted",
          Words.choice(OnTicketDeleted.values()),
          OnTicketDeleted.UNLINK,
          Words.of(OnTicketDeleted.UNLINK),
          "What happens when a ticket was deleted: forget the link, make a new ticket, or close the"
              + " task.");
  private static final Key<FieldsConfig> FIELDS =
      Key.required(
          "fields",
          FieldShapes.all(),
          "What is carried; a field left out is not, but for the title.");

  private SyncShapes() {}

  /**
   * @param otherKinds the further files under {@code routes/systems/}, without {@code .yaml}
   */
  static Shape<Map<String, SyncConfig>> all(Set<String> otherKinds) {
    Key<Tickets> tickets =
        Key.required(
            "tickets", new TicketsShape(otherKinds), "Where the tickets of this sync are.");
    return MapOf.named("sync", sync(tickets));
  }

  private static Section<SyncConfig> sync(Key<Tickets> tickets) {
    return Section.of(
            List.<Key<?>>of(
                TASKS, tickets, SWEEP, CREATE, ON_TASK_DELETED, ON_TICKET_DELETED, FIELDS),
            (values, at) ->
                new SyncConfig(
                    at.name(),
                    values.get(TASKS),
                    values.get(tickets),
                    values.get(SWEEP),
                    values.get(CREATE),
                    values.get(ON_TASK_DELETED),
                    values.get(ON_TICKET_DELETED),
                    values.get(FIELDS)))
        .checked(
            (values, at) -> {
              if (values.find(CREATE).filter(Create::makesTasks).isPresent()) {
                require(at, "tasks", "case", "tickets become tasks in a case; name it");
                require(at, "tickets", "rule", "say which tickets become tasks");
              }
              if (values.find(ON_TASK_DELETED).equals(Optional.of(OnTaskDeleted.DELETE))) {
                checkDeletion(at);
              }
              checkGroups(at);
            });
  }

  private static void require(Reading sync, String section, String key, String why) {
    sync.child(section)
        .filter(part -> part.child(key).isEmpty())
        .ifPresent(
            part ->
                part.problem(
                    key
                        + " is missing: with create: "
                        + sync.child("create").map(Reading::shown).orElse("")
                        + " "
                        + why));
  }

  private static void checkDeletion(Reading sync) {
    if (TicketsShape.kindOfSystem(sync).equals(Optional.of(SystemConfig.ServiceNow.KIND))) {
      sync.child(ON_TASK_DELETED.word())
          .ifPresent(
              word ->
                  word.problem(
                      "a ServiceNow record is never deleted; give close, comment or leave"));
    }
  }

  /** A Jira issue is somebody's; it cannot be assigned to a group. */
  private static void checkGroups(Reading sync) {
    if (!TicketsShape.kindOfSystem(sync).equals(Optional.of(SystemConfig.Jira.KIND))) {
      return;
    }
    Optional<Reading> assignee = sync.child("fields").flatMap(fields -> fields.child("assignee"));
    assignee.flatMap(field -> field.child("default")).ifPresent(SyncShapes::refuseGroup);
    assignee
        .flatMap(field -> field.child("groups"))
        .ifPresent(groups -> groups.children().forEach(SyncShapes::refuseGroup));
  }

  private static void refuseGroup(Reading target) {
    target
        .child("group")
        .ifPresent(
            group ->
                group.problem(
                    "Jira assigns issues to users only; give { user: … } instead of a group"));
  }
}
