package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.reconcile.Reconciler;
import java.time.Duration;
import java.util.Optional;

/**
 * One configured pairing, ready to run.
 *
 * @param system the name of the ticketing system
 * @param filter the TQL that selects tasks
 * @param create which sides' records are made on the other
 * @param searchLag how long a fresh ticket may stay unfindable
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
    Duration searchLag) {}
