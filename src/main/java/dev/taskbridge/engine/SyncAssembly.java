package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.Traits;
import dev.taskbridge.adapter.jira.JiraSystem;
import dev.taskbridge.adapter.servicenow.ServiceNowSystem;
import dev.taskbridge.config.FieldsConfig;
import dev.taskbridge.config.FieldsConfig.Conflict;
import dev.taskbridge.config.FieldsConfig.Direction;
import dev.taskbridge.config.SyncConfig;
import dev.taskbridge.config.SystemConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.engine.SyncDefinition.NotesRule;
import dev.taskbridge.mapping.ArtifactBlock;
import dev.taskbridge.mapping.AssigneeMapping;
import dev.taskbridge.mapping.DependencyMapping;
import dev.taskbridge.mapping.DescriptionMapping;
import dev.taskbridge.mapping.DueDateMapping;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.mapping.LabelsMapping;
import dev.taskbridge.mapping.PriorityMapping;
import dev.taskbridge.mapping.StatusMapping;
import dev.taskbridge.mapping.TemplateMapping;
import dev.taskbridge.mapping.TitleMapping;
import dev.taskbridge.reconcile.ConflictPolicy;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.Reconciler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the definitions that run from the configuration that people write. */
public final class SyncAssembly {
  private SyncAssembly() {}

  /** Every sync of {@code config}. */
  public static List<SyncDefinition> all(TaskbridgeConfig config, TicketsOfTasks tickets) {
    return config.syncs().values().stream()
        .map(sync -> of(sync, config.systemOf(sync), tickets))
        .toList();
  }

  private static SyncDefinition of(SyncConfig sync, SystemConfig system, TicketsOfTasks tickets) {
    // What another product holds nobody has said; Jira's limits are common ones.
    Traits traits =
        system.match(
            jira -> JiraSystem.TRAITS,
            serviceNow -> ServiceNowSystem.TRAITS,
            other -> JiraSystem.TRAITS);
    List<FieldRule> rules = rules(sync.fields(), traits);
    sync.fields()
        .dependency()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    Conflict.THREATCONNECT,
                    new DependencyMapping(taskId -> tickets.ticketOf(sync.name(), taskId))));
    List<FieldName> fields = new ArrayList<>(rules.stream().map(FieldRule::field).toList());
    Map<String, Map<String, String>> onEntering =
        sync.fields().status().map(FieldsConfig.Status::set).orElse(Map.of());
    // Linked tickets are followed wherever they went; the rule only selects new ones.
    Map<String, String> settings = new HashMap<>(sync.tickets().settings());
    settings.remove("rule");
    sync.fields().dependency().ifPresent(field -> settings.put("link", field.link()));
    return new SyncDefinition(
        sync.name(),
        system.name(),
        sync.tasks().tql(),
        new Scope(settings, fields, onEntering),
        new Reconciler(rules),
        sync.create(),
        sync.tasks().caseName(),
        sync.onTaskDeleted(),
        sync.onTicketDeleted(),
        sync.tasks().every(),
        sync.tickets().every(),
        sync.sweep(),
        system.searchLag(),
        sync.fields()
            .notes()
            .filter(notes -> notes.direction() != Direction.OFF)
            .map(
                notes ->
                    new NotesRule(
                        notes.direction().carriesToTicket(),
                        notes.direction().carriesToTask(),
                        notes.visibility(),
                        // A work note is every fulfiller's; a restricted comment is not.
                        system instanceof SystemConfig.ServiceNow)),
        sync.tickets().rule(),
        artifacts(sync.fields()) != ArtifactBlock.NONE);
  }

  private static List<FieldRule> rules(FieldsConfig fields, Traits traits) {
    List<FieldRule> rules = new ArrayList<>();
    add(
        rules,
        fields.title().direction(),
        fields.title().conflict(),
        new TitleMapping(traits.titleLimit()));
    fields
        .description()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    field.conflict(),
                    new DescriptionMapping(traits.descriptionLimit(), artifacts(fields))));
    fields
        .status()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    field.conflict(),
                    new StatusMapping(field.map(), field.back(), field.reopened())));
    fields
        .assignee()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    field.conflict(),
                    new AssigneeMapping(field.users(), field.groups(), field.fallback())));
    fields
        .dueDate()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    field.conflict(),
                    new DueDateMapping(field.zone(), traits.dueDateHasTime())));
    fields
        .priority()
        .ifPresent(
            field ->
                add(
                    rules,
                    field.direction(),
                    Conflict.THREATCONNECT,
                    new PriorityMapping(
                        field.from() == FieldsConfig.Priority.From.SEVERITY
                            ? PriorityMapping.From.SEVERITY
                            : PriorityMapping.From.REQUIRED,
                        field.map())));
    fields
        .custom()
        .forEach(
            (name, field) ->
                add(
                    rules,
                    field.direction(),
                    Conflict.THREATCONNECT,
                    name.equals(FieldName.LABELS)
                        ? new LabelsMapping(field.value())
                        : new TemplateMapping(name, field.value())));
    return rules;
  }

  private static ArtifactBlock artifacts(FieldsConfig fields) {
    return fields
        .artifacts()
        .filter(artifacts -> artifacts.direction() != Direction.OFF)
        .map(artifacts -> artifacts.defang() ? ArtifactBlock.DEFANGED : ArtifactBlock.LIVE)
        .orElse(ArtifactBlock.NONE);
  }

  private static void add(
      List<FieldRule> rules, Direction direction, Conflict conflict, FieldMapping mapping) {
    direction(direction)
        .ifPresent(carried -> rules.add(new FieldRule(mapping, carried, policy(conflict))));
  }

  private static Optional<dev.taskbridge.reconcile.Direction> direction(Direction direction) {
    return switch (direction) {
      case BOTH -> Optional.of(dev.taskbridge.reconcile.Direction.BOTH);
      case TO_TICKET -> Optional.of(dev.taskbridge.reconcile.Direction.TO_TICKET);
      case TO_TASK -> Optional.of(dev.taskbridge.reconcile.Direction.TO_TASK);
      case OFF -> Optional.empty();
    };
  }

  private static ConflictPolicy policy(Conflict conflict) {
    return switch (conflict) {
      case THREATCONNECT -> ConflictPolicy.THREATCONNECT;
      case TICKET -> ConflictPolicy.TICKET;
      case NEWEST -> ConflictPolicy.NEWEST;
      case ASK -> ConflictPolicy.ASK;
    };
  }
}
