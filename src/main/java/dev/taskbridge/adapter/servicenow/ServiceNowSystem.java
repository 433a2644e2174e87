package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Hint;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** A ServiceNow instance whose records of one table per sync are the tickets. */
public final class ServiceNowSystem implements TicketSystem {
  /** What a record that extends {@code task} can hold (documented). */
  public static final Traits TRAITS = new Traits(true, 160, 4000);

  private final Changes changes;
  private final Lookups lookups;
  private final Creates creates;
  private final Updates updates;
  private final Journals journals;
  private final Description description;
  private final Assignees assignees;

  private ServiceNowSystem(ServiceNowSettings settings, Records records, Http http, Clock clock) {
    ChoiceLists choices = new ChoiceLists(records, settings.language(), clock);
    Tables tables = new Tables(records, clock);
    Tickets tickets = new Tickets(settings.url(), choices);
    Writes writes =
        new Writes(
            records,
            settings.batch() > 1 ? Optional.of(new Batch(http)) : Optional.empty(),
            settings.batch(),
            clock);
    Columns columns = new Columns(records, clock);
    this.assignees = new Assignees(records, clock);
    Drafts drafts = new Drafts(choices, assignees);
    Stored stored = new Stored(writes, tickets);
    this.changes =
        new Changes(
            records, tables, columns, tickets, settings.overlap(), settings.pageSize(), clock);
    this.lookups = new Lookups(records, tables, tickets);
    this.creates = new Creates(stored, tables, columns, drafts, clock);
    this.updates = new Updates(stored, tables, drafts);
    this.journals = new Journals(records, tables, clock);
    this.description = new Description(settings, records, tables, columns, choices, writes);
  }

  /**
   * The transport {@code component}: records over camel-servicenow, through the route {@code
   * direct:<system>.records}; batches over {@code http}. Credentials, pacing and retries are those
   * of {@code http}, whose routes must be in {@code camel} by the first call.
   */
  public static ServiceNowSystem overComponent(
      ServiceNowSettings settings, CamelContext camel, Http http, Clock clock) {
    return new ServiceNowSystem(settings, new ComponentRecords(camel, settings), http, clock);
  }

  /** The transport {@code http}: everything over {@code http}. */
  public static ServiceNowSystem overHttp(ServiceNowSettings settings, Http http, Clock clock) {
    return new ServiceNowSystem(settings, new HttpRecords(http), http, clock);
  }

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    return changes.since(since);
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    return lookups.find(find);
  }

  @Override
  public Outcome<Map<String, Presence>> read(ReadById read) {
    return lookups.read(read);
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    return creates.create(create);
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    return updates.update(update);
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    return journals.of(of);
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    return journals.write(comment);
  }

  /** Records are evidence and other tables point at them; a closed one says as much. */
  @Override
  public Outcome<String> delete(DeleteTicket delete) {
    return Outcome.refused(
        new Refusal.Rejected(
            Optional.empty(),
            "Taskbridge never deletes a ServiceNow record; set onTaskDeleted to close, comment or"
                + " leave"));
  }

  @Override
  public List<Hint> hints(byte[] delivery) {
    return WebhookBody.hints(delivery);
  }

  @Override
  public Outcome<Map<FieldValue, String>> unassignable(Assignable asked) {
    return assignees
        .find(asked.who())
        .map(
            found -> {
              Map<FieldValue, String> refused = new LinkedHashMap<>();
              found.forEach(
                  (one, what) -> {
                    if (what instanceof Assignees.None none) {
                      refused.put(one, none.why());
                    }
                  });
              return refused;
            });
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    return description.of(scope);
  }
}
