package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.engine.SystemHealth;
import dev.taskbridge.engine.Systems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The systems, with every answer noted in {@link SystemHealth} as the routes' own door does. */
final class Watched implements Systems {
  private final TaskSource tasks;
  private final TicketSystem tickets;

  Watched(TaskSource tasks, TicketSystem tickets, String system, SystemHealth health, World world) {
    this.tasks = new WatchedTasks(tasks, new Door(THREATCONNECT, health, world::tasksAhead));
    this.tickets = new WatchedTickets(tickets, new Door(system, health, world::ticketsAhead));
  }

  @Override
  public TaskSource tasks() {
    return tasks;
  }

  @Override
  public TicketSystem tickets(String system) {
    return tickets;
  }

  private record Door(String system, SystemHealth health, Supplier<Duration> ahead) {
    <T> Outcome<T> told(Outcome<T> outcome) {
      health.clockMeasured(system, ahead.get());
      outcome
          .refusal()
          .ifPresentOrElse(
              refusal -> health.refused(system, refusal), () -> health.answered(system));
      return outcome;
    }

    <T> List<Outcome<T>> toldEach(List<Outcome<T>> outcomes) {
      outcomes.forEach(this::told);
      return outcomes;
    }
  }

  private static final class WatchedTasks extends TasksAround {
    private final Door door;

    WatchedTasks(TaskSource inner, Door door) {
      super(inner);
      this.door = door;
    }

    @Override
    public Outcome<TaskPage> tasks(TaskQuery query) {
      return door.told(inner.tasks(query));
    }

    @Override
    public Outcome<Long> findCase(String nameOrId) {
      return door.told(inner.findCase(nameOrId));
    }

    @Override
    public Outcome<TaskPresence> read(String xid) {
      return door.told(inner.read(xid));
    }

    @Override
    public List<Outcome<Written<Task>>> update(UpdateTasks update) {
      return door.toldEach(inner.update(update));
    }

    @Override
    public List<Outcome<MadeTask>> create(CreateTasks create) {
      return door.toldEach(inner.create(create));
    }

    @Override
    public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
      return door.told(inner.notes(of));
    }

    @Override
    public Outcome<Comment> note(WriteNote note) {
      return door.told(inner.note(note));
    }
  }

  private static final class WatchedTickets extends TicketsAround {
    private final Door door;

    WatchedTickets(TicketSystem inner, Door door) {
      super(inner);
      this.door = door;
    }

    @Override
    public Outcome<TicketPage> changed(ChangedSince since) {
      return door.told(inner.changed(since));
    }

    @Override
    public Outcome<Found> find(FindByKeys find) {
      return door.told(inner.find(find));
    }

    @Override
    public Outcome<Map<String, Presence>> read(ReadById read) {
      return door.told(inner.read(read));
    }

    @Override
    public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
      return door.toldEach(inner.create(create));
    }

    @Override
    public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
      return door.toldEach(inner.update(update));
    }

    @Override
    public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
      return door.told(inner.comments(of));
    }

    @Override
    public Outcome<Comment> comment(WriteComment comment) {
      return door.told(inner.comment(comment));
    }

    @Override
    public Outcome<String> delete(DeleteTicket delete) {
      return door.told(inner.delete(delete));
    }
  }
}
