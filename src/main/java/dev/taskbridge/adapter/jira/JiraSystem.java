package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.Hint;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
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
import java.util.function.Function;

/**
 * Jira Cloud or Data Center, whichever answers at the configured url. Thread-safe. What is
 * remembered between calls (users, screens, workflows) is forgotten after a while and looked up
 * again when it is needed.
 */
public final class JiraSystem implements TicketSystem {
  /**
   * What both products hold: a date without a time; of a description less than the 32,767 that they
   * store (documented), for formatting and escapes count, too.
   */
  public static final Traits TRAITS = new Traits(false, ValueWriter.SUMMARY_LIMIT, 30_000);

  private final JiraSite site;
  private final Delivered delivered = new Delivered();

  public JiraSystem(Http http, JiraSettings settings, Clock clock) {
    this.site = JiraSite.of(http, settings, clock);
  }

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    return site.in(since.scope()).then(in -> new Changes(in, delivered).since(since.cursor()));
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    return site.in(find.scope())
        .then(in -> new KeySearch(in).find(find.keys()).map(Found::visible));
  }

  @Override
  public Outcome<Map<String, Presence>> read(ReadById read) {
    return site.in(read.scope()).then(in -> new Presences(in).of(read.ids()));
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    return each(
        site.in(create.scope()).map(in -> Creation.create(in, create.tickets())),
        Creation::beforeSending,
        create.tickets());
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    return each(
        site.in(update.scope()).map(in -> Update.update(in, update.updates())),
        Function.identity(),
        update.updates());
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    return site.in(of.scope()).then(in -> new Comments(in).of(of.ticketIds()));
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    return site.in(comment.scope()).then(in -> new Comments(in).write(comment));
  }

  @Override
  public Outcome<String> linkBack(LinkBack link) {
    return site.in(link.scope()).then(in -> RemoteLink.write(in, link));
  }

  @Override
  public Outcome<String> delete(DeleteTicket delete) {
    return site.in(delete.scope()).then(in -> Deletion.delete(in, delete.ticketId()));
  }

  @Override
  public List<Hint> hints(byte[] delivery) {
    return WebhookBody.hints(delivery);
  }

  @Override
  public Outcome<Map<FieldValue, String>> unassignable(Assignable asked) {
    return site.in(asked.scope()).then(in -> unassignable(in, asked.who()));
  }

  private Outcome<Map<FieldValue, String>> unassignable(InScope in, List<FieldValue> who) {
    Map<FieldValue, String> refused = new LinkedHashMap<>();
    for (FieldValue one : who) {
      if (!(one instanceof FieldValue.User user)) {
        refused.put(one, "Jira assigns issues to people, not to a " + one.shown());
        continue;
      }
      Optional<Refusal> refusal =
          site.people()
              .named(in.flavour(), FieldName.ASSIGNEE, user, in.scope().project())
              .refusal();
      if (refusal.filter(Refusal::concernsSystem).isPresent()) {
        return Outcome.refused(refusal.get());
      }
      refusal.ifPresent(why -> refused.put(one, why.words()));
    }
    return Outcome.done(refused);
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    return site.in(scope).then(Describe::of);
  }

  private static <T> List<Outcome<T>> each(
      Outcome<List<Outcome<T>>> done, Function<Refusal, Refusal> worded, List<?> asked) {
    return done.match(
        Function.identity(),
        refusal -> asked.stream().map(one -> Outcome.<T>refused(worded.apply(refusal))).toList());
  }
}
