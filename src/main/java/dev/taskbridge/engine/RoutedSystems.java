package dev.taskbridge.engine;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jspecify.annotations.Nullable;

/**
 * Calls every operation through {@code direct:<system>.<operation>}, and lets {@link SystemHealth}
 * know how it went.
 */
public final class RoutedSystems implements Systems {
  private static final int ROUTE_PATIENCE = 10;
  private static final Duration ROUTE_PAUSE = Duration.ofMillis(200);

  private final ProducerTemplate camel;
  private final SystemHealth health;

  public RoutedSystems(ProducerTemplate camel, SystemHealth health) {
    this.camel = camel;
    this.health = health;
  }

  @Override
  public TaskSource tasks() {
    return new RoutedTasks(new Door(THREATCONNECT));
  }

  @Override
  public TicketSystem tickets(String system) {
    return new RoutedTickets(new Door(system));
  }

  /** One system's routes. */
  private final class Door {
    private final String system;

    Door(String system) {
      this.system = system;
    }

    <T> Outcome<T> ask(String operation, Object body) {
      Outcome<T> outcome = call(operation, body);
      note(outcome);
      return outcome;
    }

    <T> List<Outcome<T>> askEach(String operation, Object body) {
      List<Outcome<T>> outcomes = call(operation, body);
      // The last word counts: a batch that met trouble in the middle leaves the system in trouble.
      // But one lost answer is one failure, however many items it was to be the answer of.
      Object before = "";
      for (Outcome<T> outcome : outcomes) {
        Object kind = outcome.refusal().<Object>map(Object::getClass).orElse("done");
        if (!kind.equals(before)) {
          note(outcome);
        }
        before = kind;
      }
      return outcomes;
    }

    private void note(Outcome<?> outcome) {
      outcome
          .refusal()
          .ifPresentOrElse(
              (Refusal refusal) -> health.refused(system, refusal), () -> health.answered(system));
    }

    /** A route that is being reloaded is away for a moment. */
    private @Nullable Object request(String route, Object body, int tries) {
      try {
        return camel.requestBody(route, body);
      } catch (CamelExecutionException e) {
        if (tries > 1 && e.getCause() instanceof DirectConsumerNotAvailableException) {
          LockSupport.parkNanos(ROUTE_PAUSE.toNanos());
          return request(route, body, tries - 1);
        }
        throw e;
      }
    }

    // The route's contract gives the type: the operation's own result.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <R> R call(String operation, Object body) {
      Object answer = request("direct:" + system + "." + operation, body, ROUTE_PATIENCE);
      if (answer == null) {
        throw new IllegalStateException(
            "route " + system + "." + operation + " answered nothing; see its route file");
      }
      return (R) answer;
    }
  }

  private record RoutedTasks(Door door) implements TaskSource {
    @Override
    public Outcome<TaskPage> tasks(TaskQuery query) {
      return door.ask("tasks", query);
    }

    @Override
    public Outcome<Long> findCase(String nameOrId) {
      return door.ask("findCase", nameOrId);
    }

    @Override
    public Outcome<TaskPresence> read(String xid) {
      return door.ask("read", xid);
    }

    @Override
    public List<Outcome<Written<Task>>> update(UpdateTasks update) {
      return door.askEach("update", update);
    }

    @Override
    public List<Outcome<MadeTask>> create(CreateTasks create) {
      return door.askEach("create", create);
    }

    @Override
    public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
      return door.ask("notes", of);
    }

    @Override
    public Outcome<Comment> note(WriteNote note) {
      return door.ask("note", note);
    }

    @Override
    public Outcome<Map<FieldValue, String>> unassignable(List<FieldValue> who) {
      return door.ask("unassignable", who);
    }

    @Override
    public Outcome<SystemDescription> describe(Optional<String> filter) {
      return door.ask("describe", filter);
    }
  }

  private record RoutedTickets(Door door) implements TicketSystem {
    @Override
    public Outcome<TicketPage> changed(ChangedSince since) {
      return door.ask("changed", since);
    }

    @Override
    public Outcome<Found> find(FindByKeys find) {
      return door.ask("find", find);
    }

    @Override
    public Outcome<Map<String, Presence>> read(ReadById read) {
      return door.ask("read", read);
    }

    @Override
    public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
      return door.askEach("create", create);
    }

    @Override
    public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
      return door.askEach("update", update);
    }

    @Override
    public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
      return door.ask("comments", of);
    }

    @Override
    public Outcome<Comment> comment(WriteComment comment) {
      return door.ask("comment", comment);
    }

    @Override
    public Outcome<String> linkBack(LinkBack link) {
      return door.ask("linkBack", link);
    }

    @Override
    public Outcome<String> delete(DeleteTicket delete) {
      return door.ask("delete", delete);
    }

    @Override
    public Outcome<Map<FieldValue, String>> unassignable(Assignable asked) {
      return door.ask("unassignable", asked);
    }

    @Override
    public Outcome<SystemDescription> describe(Scope scope) {
      return door.ask("describe", scope);
    }
  }
}
