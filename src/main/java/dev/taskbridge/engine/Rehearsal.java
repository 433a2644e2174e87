package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.store.LinkStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The systems as they would be: reads go through, a write is only noted and answered as though it
 * had been done, and what was noted is seen by later reads. What a system would refuse it cannot
 * know. Thread-safe.
 */
public final class Rehearsal implements Systems {
  private final Systems real;
  private final LinkStore store;
  private final List<Noted> noted = new CopyOnWriteArrayList<>();
  private final Map<String, RehearsedTickets.World> ticketWorlds = new ConcurrentHashMap<>();
  private final RehearsedTasks.World taskWorld = new RehearsedTasks.World();

  /** What kind of write was noted. */
  public enum Kind {
    CREATE,
    UPDATE,
    COMMENT,
    DELETE
  }

  /**
   * A write that would be made.
   *
   * @param side the side that would be written
   * @param record what people call the written record; empty for one that would be made
   * @param field empty where the record as a whole is meant
   * @param from what it holds now, for people; empty for a new record
   * @param to what it would hold
   */
  public record Noted(
      LinkKey link,
      Kind kind,
      Side side,
      String system,
      String record,
      String field,
      String from,
      String to) {}

  /**
   * A rehearsal on {@code store}, a throw-away copy of the real one.
   *
   * @param real what is only read
   */
  public Rehearsal(Systems real, LinkStore store) {
    this.real = real;
    this.store = store;
  }

  /** The writes, in the order they would be made. */
  public List<Noted> noted() {
    return List.copyOf(noted);
  }

  @Override
  public TaskSource tasks() {
    return new RehearsedTasks(real.tasks(), taskWorld, Optional.empty());
  }

  @Override
  public TicketSystem tickets(String system) {
    return new RehearsedTickets(real.tickets(system), world(system), Optional.empty());
  }

  @Override
  public Systems onBehalfOf(SyncDefinition sync) {
    return new Systems() {
      @Override
      public TaskSource tasks() {
        return new RehearsedTasks(
            real.tasks(), taskWorld, Optional.of(new Notebook(sync, Systems.THREATCONNECT)));
      }

      @Override
      public TicketSystem tickets(String system) {
        return new RehearsedTickets(
            real.tickets(system), world(system), Optional.of(new Notebook(sync, system)));
      }
    };
  }

  private RehearsedTickets.World world(String system) {
    return ticketWorlds.computeIfAbsent(system, name -> new RehearsedTickets.World());
  }

  /** Where the writes of one sync to one system are noted. */
  final class Notebook {
    private final SyncDefinition sync;
    private final String system;

    Notebook(SyncDefinition sync, String system) {
      this.sync = sync;
      this.system = system;
    }

    void createTicket(LinkKey link, Map<FieldName, FieldValue> fields) {
      create(link, Side.TICKET, fields);
    }

    void createTask(String xid, Map<FieldName, FieldValue> fields) {
      create(new LinkKey(sync.name(), xid), Side.TASK, fields);
    }

    private void create(LinkKey link, Side side, Map<FieldName, FieldValue> fields) {
      note(link, Kind.CREATE, side, "", "", "", "");
      fields.entrySet().stream()
          .filter(entry -> !entry.getValue().equals(FieldValue.ABSENT))
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              entry ->
                  note(
                      link,
                      Kind.CREATE,
                      side,
                      "",
                      entry.getKey().word(),
                      "",
                      entry.getValue().shown()));
    }

    void update(Ticket present, FieldName field, FieldValue value) {
      String from =
          mapping(field)
              .map(mapping -> mapping.onTicket(present))
              .orElseGet(() -> present.value(field))
              .shown();
      note(
          linkOf(present.id()),
          Kind.UPDATE,
          Side.TICKET,
          present.key(),
          field.word(),
          from,
          value.shown());
    }

    void update(Task present, FieldName field, FieldValue value) {
      String from = mapping(field).map(mapping -> mapping.onTask(present).shown()).orElse("");
      note(
          new LinkKey(sync.name(), present.xid()),
          Kind.UPDATE,
          Side.TASK,
          "task " + present.id(),
          field.word(),
          from,
          value.shown());
    }

    void comment(String ticketId, String ticketKey, String text) {
      note(linkOf(ticketId), Kind.COMMENT, Side.TICKET, ticketKey, "notes", "", text);
    }

    void note(long taskId, String xid, String text) {
      note(
          new LinkKey(sync.name(), xid),
          Kind.COMMENT,
          Side.TASK,
          "task " + taskId,
          "notes",
          "",
          text);
    }

    void delete(String ticketId, String ticketKey) {
      note(linkOf(ticketId), Kind.DELETE, Side.TICKET, ticketKey, "", "", "");
    }

    /** What people call a ticket, as the store knows it. */
    String keyOf(String ticketId) {
      return store.inTransaction(rows -> rows.named(ticketId)).stream()
          .map(link -> link.ticketKey())
          .findFirst()
          .orElse(ticketId);
    }

    /** The xid of a task, as the store knows it. */
    String xidOf(long taskId) {
      return store
          .inTransaction(
              rows ->
                  rows.load(rows.keys(sync.name(), Sweeps.LIVING)).values().stream()
                      .filter(
                          link ->
                              link.task().filter(seen -> seen.record().id() == taskId).isPresent())
                      .map(link -> link.key().xid())
                      .findFirst())
          .orElse("");
    }

    private LinkKey linkOf(String ticketId) {
      return Optional.ofNullable(
              store
                  .inTransaction(rows -> rows.byTicket(sync.name(), List.of(ticketId)))
                  .get(ticketId))
          .orElseGet(() -> new LinkKey(sync.name(), ""));
    }

    private Optional<FieldMapping> mapping(FieldName field) {
      return sync.reconciler().rules().stream()
          .filter(rule -> rule.field().equals(field))
          .map(FieldRule::mapping)
          .findFirst();
    }

    private void note(
        LinkKey link, Kind kind, Side side, String record, String field, String from, String to) {
      noted.add(new Noted(link, kind, side, system, record, field, from, to));
    }
  }
}
