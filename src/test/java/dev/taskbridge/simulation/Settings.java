package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.engine.SyncDefinition.NotesRule;
import dev.taskbridge.mapping.DueDateMapping;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.mapping.StatusMapping;
import dev.taskbridge.mapping.TitleMapping;
import dev.taskbridge.reconcile.ConflictPolicy;
import dev.taskbridge.reconcile.Direction;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.Reconciler;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What people configured of the one sync of a history.
 *
 * @param strictStatus whether an open task wants its ticket in progress
 */
record Settings(
    Map<FieldName, ConflictPolicy> policies,
    Map<FieldName, Direction> directions,
    boolean strictStatus,
    ZoneId zone,
    int titleLimit,
    Create create,
    OnTaskDeleted onTaskDeleted,
    OnTicketDeleted onTicketDeleted,
    boolean notes) {
  static final String SYNC = "soc";
  static final List<FieldName> FIELDS =
      List.of(FieldName.TITLE, FieldName.STATUS, FieldName.DUE_DATE);

  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("America/New_York"), ZoneId.of("Pacific/Auckland"), ZoneId.of("UTC"));
  private static final StatusMapping LENIENT =
      new StatusMapping(
          Map.of(
              TaskStatus.PENDING, List.of("To Do"),
              TaskStatus.OPEN, List.of("To Do", "In Progress"),
              TaskStatus.REOPENED, List.of("To Do", "In Progress"),
              TaskStatus.CLOSED, List.of("Done")),
          Map.of(
              "To Do", TaskStatus.OPEN,
              "In Progress", TaskStatus.OPEN,
              "Done", TaskStatus.CLOSED),
          Optional.of(TaskStatus.REOPENED));
  private static final StatusMapping STRICT =
      new StatusMapping(
          Map.of(
              TaskStatus.PENDING, List.of("To Do"),
              TaskStatus.OPEN, List.of("In Progress"),
              TaskStatus.REOPENED, List.of("In Progress"),
              TaskStatus.CLOSED, List.of("Done")),
          Map.of(
              "To Do", TaskStatus.PENDING,
              "In Progress", TaskStatus.OPEN,
              "Done", TaskStatus.CLOSED),
          Optional.of(TaskStatus.REOPENED));

  /** One as people begin with: one policy for all fields, both ways. */
  static Settings drawn(Random dice) {
    ConflictPolicy policy = one(dice, ConflictPolicy.values());
    Map<FieldName, ConflictPolicy> policies = new HashMap<>();
    Map<FieldName, Direction> directions = new HashMap<>();
    for (FieldName field : FIELDS) {
      policies.put(field, policy);
      directions.put(field, Direction.BOTH);
    }
    return new Settings(
        policies,
        directions,
        false,
        ZONES.get(0),
        255,
        dice.nextInt(3) == 0 ? Create.BOTH : Create.TO_TICKET,
        one(dice, OnTaskDeleted.values()),
        one(dice, OnTicketDeleted.values()),
        dice.nextBoolean());
  }

  /** These settings after somebody edited one of them. */
  Settings edited(Random dice) {
    FieldName field = FIELDS.get(dice.nextInt(FIELDS.size()));
    Map<FieldName, ConflictPolicy> newPolicies = new HashMap<>(policies);
    Map<FieldName, Direction> newDirections = new HashMap<>(directions);
    boolean newStrict = strictStatus;
    ZoneId newZone = zone;
    int newLimit = titleLimit;
    OnTaskDeleted newTaskDeleted = onTaskDeleted;
    OnTicketDeleted newTicketDeleted = onTicketDeleted;
    switch (dice.nextInt(6)) {
      case 0 -> newPolicies.put(field, one(dice, ConflictPolicy.values()));
      case 1 -> newDirections.put(field, one(dice, Direction.values()));
      case 2 -> newStrict = !strictStatus;
      case 3 -> newZone = ZONES.get(dice.nextInt(ZONES.size()));
      case 4 -> newLimit = titleLimit == 255 ? 7 : 255;
      default -> {
        newTaskDeleted = one(dice, OnTaskDeleted.values());
        newTicketDeleted = one(dice, OnTicketDeleted.values());
      }
    }
    return new Settings(
        newPolicies,
        newDirections,
        newStrict,
        newZone,
        newLimit,
        create,
        newTaskDeleted,
        newTicketDeleted,
        notes);
  }

  private static <T> T one(Random dice, T[] values) {
    return values[dice.nextInt(values.length)];
  }

  FieldMapping mapping(FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new TitleMapping(titleLimit);
    }
    return field.equals(FieldName.STATUS)
        ? strictStatus ? STRICT : LENIENT
        : new DueDateMapping(zone, false);
  }

  ConflictPolicy policy(FieldName field) {
    return policies.getOrDefault(field, ConflictPolicy.THREATCONNECT);
  }

  /** The side whose value holds where nothing else decides. */
  Side authority(FieldName field) {
    return oneWayFrom(field)
        .orElse(policy(field) == ConflictPolicy.TICKET ? Side.TICKET : Side.TASK);
  }

  Optional<Side> oneWayFrom(FieldName field) {
    Direction direction = directions.getOrDefault(field, Direction.BOTH);
    return direction == Direction.BOTH
        ? Optional.empty()
        : Optional.of(direction == Direction.TO_TICKET ? Side.TASK : Side.TICKET);
  }

  /** The sync as the program runs it. */
  SyncDefinition definition(Duration searchLag) {
    return new SyncDefinition(
        SYNC,
        "jira",
        "status != \"Closed\"",
        new Scope(Map.of("project", "SEC"), FIELDS, Map.of()),
        new Reconciler(
            FIELDS.stream()
                .map(
                    field ->
                        new FieldRule(
                            mapping(field),
                            directions.getOrDefault(field, Direction.BOTH),
                            policy(field)))
                .toList()),
        create,
        create.makesTasks() ? Optional.of("Phishing wave") : Optional.empty(),
        onTaskDeleted,
        onTicketDeleted,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        "",
        searchLag.plusSeconds(1),
        notes ? Optional.of(new NotesRule(true, true, Visibility.PUBLIC, true)) : Optional.empty(),
        Optional.empty(),
        false);
  }
}
