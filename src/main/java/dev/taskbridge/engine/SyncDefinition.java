package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.Placeholders;
import dev.taskbridge.reconcile.Reconciler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One configured pairing, ready to run.
 *
 * @param system the name of the ticketing system
 * @param filter the TQL that selects tasks
 * @param create which sides' records are made on the other
 * @param searchLag how long a fresh ticket may stay unfindable
 * @param notes how notes and comments are carried; empty if they are not
 * @param rule which tickets become tasks, in the system's own language; empty selects all
 * @param artifacts whether tasks are read with their artifacts
 * @param taskCase the case in which tickets become tasks, by id or name
 */
public record SyncDefinition(
    String name,
    String system,
    String filter,
    Scope scope,
    Reconciler reconciler,
    Create create,
    Optional<String> taskCase,
    OnTaskDeleted onTaskDeleted,
    OnTicketDeleted onTicketDeleted,
    Duration tasksEvery,
    Duration ticketsEvery,
    String sweepCron,
    Duration searchLag,
    Optional<NotesRule> notes,
    Optional<String> rule,
    boolean artifacts) {

  /** The scope of the tickets that the sync's rule selects or that were paired by hand. */
  Scope candidates() {
    return narrowed("candidates");
  }

  /** The scope of the tickets that carry a key of ours or were paired by hand. */
  Scope carried() {
    return narrowed("carried");
  }

  /** The scope of the tickets that were paired by hand, and of no others. */
  Scope pairedByHand() {
    return narrowed("paired");
  }

  /** The field that says by hand which task a ticket belongs to. */
  Optional<FieldName> match() {
    return Optional.ofNullable(scope.settings().get("match")).map(FieldName::new);
  }

  /** The xid of the task that people say the ticket belongs to. */
  Optional<String> matched(Ticket ticket) {
    return match()
        .map(ticket::value)
        .flatMap(
            value ->
                value instanceof FieldValue.Choice choice
                    ? Optional.of(choice.id())
                    : value instanceof FieldValue.Text text
                        ? Optional.of(text.text())
                        : Optional.empty())
        .map(String::strip)
        .filter(xid -> !xid.isEmpty());
  }

  private Scope narrowed(String how) {
    Map<String, String> settings = new HashMap<>(scope.settings());
    rule.ifPresent(words -> settings.put("rule", words));
    settings.put(how, "true");
    return new Scope(settings, scope.fields(), scope.onEntering());
  }

  /** Whether tickets are to point at where people find their tasks. */
  boolean linksBack() {
    return scope.settings().containsKey("remoteLink");
  }

  /** Where people find a task: as the tickets are to link to it, else where the API shows it. */
  String addressOf(Task task) {
    return Optional.ofNullable(scope.settings().get("remoteLink"))
        .map(template -> Placeholders.address(template, task))
        .orElse(task.url());
  }

  /**
   * How notes and comments are carried.
   *
   * @param visibility who may read a note once it is a comment
   * @param internalToTask whether comments that not everybody may read are carried to the task:
   *     where they are everybody's who works on the ticket, as work notes are
   */
  public record NotesRule(
      boolean toTicket, boolean toTask, Visibility visibility, boolean internalToTask) {}
}
