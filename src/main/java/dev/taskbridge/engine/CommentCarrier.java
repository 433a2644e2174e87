package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.NotesOf;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TaskSource.WriteNote;
import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.SyncDefinition.NotesRule;
import dev.taskbridge.reconcile.CommentPlan;
import dev.taskbridge.reconcile.CommentPlan.Add;
import dev.taskbridge.reconcile.CommentPlan.Adopt;
import dev.taskbridge.reconcile.CommentPlan.Edit;
import dev.taskbridge.reconcile.CommentPlan.Known;
import dev.taskbridge.reconcile.CommentPlan.Retract;
import dev.taskbridge.reconcile.CommentPlan.Step;
import dev.taskbridge.store.CommentPair;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries notes and comments, each once. A copy names its author in its text and its original in
 * its key, which the adapters look for before they add. One pass of a sync at a time.
 */
public final class CommentCarrier {
  private static final Logger LOG = LoggerFactory.getLogger(CommentCarrier.class);
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String RETRACTED = "(This comment was deleted.)";

  private final LinkStore store;
  private final Syncs syncs;
  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;
  private final Announcements announcements;
  private final Map<String, Object> passes = new ConcurrentHashMap<>();

  /** Links whose ticket was written to too often, until when; forgotten with the process. */
  private final Map<LinkKey, Instant> held = new ConcurrentHashMap<>();

  public CommentCarrier(
      LinkStore store,
      Syncs syncs,
      Systems systems,
      SystemHealth health,
      Clock clock,
      Announcements announcements) {
    this.store = store;
    this.syncs = syncs;
    this.systems = systems;
    this.health = health;
    this.clock = clock;
    this.announcements = announcements;
  }

  /** One pass over what was touched on either side; nothing for a sync that carries no notes. */
  public void carry(String syncName) {
    SyncDefinition sync = syncs.get(syncName);
    Optional<NotesRule> rule = sync.notes();
    boolean paused =
        health.pausedUntil(Systems.THREATCONNECT).isPresent()
            || health.pausedUntil(sync.system()).isPresent();
    if (rule.isEmpty() || paused) {
      return;
    }
    synchronized (passes.computeIfAbsent(syncName, name -> new Object())) {
      findTouchedNotes(sync);
      held.values().removeIf(until -> !until.isAfter(clock.instant()));
      List<String> due =
          store.inTransaction(rows -> LinksDue.COMMENTS.of(rows, syncName)).stream()
              .filter(xid -> !held.containsKey(new LinkKey(syncName, xid)))
              .toList();
      for (int i = 0; i < due.size(); i += LookBatch.MOST) {
        carry(sync, rule.get(), due.subList(i, Math.min(due.size(), i + LookBatch.MOST)));
      }
    }
  }

  /** Stores which linked tasks have notes that were touched since the last pass. */
  private void findTouchedNotes(SyncDefinition sync) {
    String cursorName = sync.name() + "/notes";
    Instant began = clock.instant();
    Duration overlap = TaskPolls.overlap(health);
    Optional<Instant> cursor =
        store.inTransaction(rows -> rows.cursor(cursorName)).map(Instant::parse);
    Set<String> touched = new LinkedHashSet<>();
    if (cursor.isPresent()) {
      Instant since = cursor.get().minus(overlap);
      String filter =
          Tql.print(
              TqlBuilder.has(
                  "hasNote",
                  TqlBuilder.anyOf(
                      TqlBuilder.since("dateAdded", since),
                      TqlBuilder.since("lastModified", since))));
      long afterId = 0;
      boolean more = true;
      while (more) {
        Outcome<TaskPage> outcome =
            systems
                .tasks()
                .tasks(
                    new TaskQuery(
                        Optional.of(filter),
                        Optional.empty(),
                        List.of(),
                        afterId,
                        TaskPolls.PAGE,
                        false));
        if (outcome.refusal().isPresent()) {
          LOG.warn(
              "sync {}: ThreatConnect did not list touched notes: {}",
              sync.name(),
              outcome.refusal().get().words());
          return;
        }
        TaskPage page = outcome.value().orElseThrow();
        page.tasks().forEach(task -> touched.add(task.xid()));
        more = page.more() && page.highestId() > afterId;
        afterId = page.highestId();
      }
    }
    // A clock that turns out to be further behind than thought may have hidden something.
    boolean wentBack = cursor.isPresent() && TaskPolls.overlap(health).compareTo(overlap) > 0;
    Instant readTo = wentBack ? cursor.orElseThrow() : began;
    store.inTransaction(
        rows -> {
          List<LinkKey> keys = touched.stream().map(xid -> new LinkKey(sync.name(), xid)).toList();
          Set<LinkKey> linked = rows.load(keys).keySet();
          LinksDue.COMMENTS.add(rows, sync.name(), linked.stream().map(LinkKey::xid).toList());
          rows.setCursor(cursorName, readTo.toString());
          return true;
        });
  }

  private void carry(SyncDefinition sync, NotesRule rule, List<String> xids) {
    List<LinkKey> keys = xids.stream().map(xid -> new LinkKey(sync.name(), xid)).toList();
    Map<LinkKey, Link> links = new HashMap<>(store.inTransaction(rows -> rows.load(keys)));
    links
        .values()
        .removeIf(
            link ->
                link.state() == LinkState.RETIRED || !link.hasTicket() || link.task().isEmpty());
    Outcome<Map<Long, List<Comment>>> notes =
        systems
            .tasks()
            .notes(
                new NotesOf(
                    links.values().stream()
                        .map(link -> link.task().orElseThrow().record().id())
                        .toList(),
                    Optional.empty()));
    if (links.isEmpty() || notes.refusal().isPresent()) {
      notes.refusal().ifPresent(why -> warn(sync, why));
      if (links.isEmpty()) {
        done(sync, xids);
      }
      return;
    }
    Outcome<Map<String, List<Comment>>> comments =
        systems
            .tickets(sync.system())
            .comments(
                new CommentsOf(sync.scope(), links.values().stream().map(Link::ticketId).toList()));
    if (comments.refusal().isPresent()) {
      warn(sync, comments.refusal().get());
      return;
    }
    List<String> finished = new ArrayList<>(xids);
    for (Link link : links.values()) {
      boolean complete =
          carry(
              sync,
              rule,
              link,
              notes
                  .value()
                  .orElseThrow()
                  .getOrDefault(link.task().orElseThrow().record().id(), List.of()),
              comments.value().orElseThrow().getOrDefault(link.ticketId(), List.of()));
      if (!complete) {
        finished.remove(link.key().xid());
      }
    }
    done(sync, finished);
  }

  private void done(SyncDefinition sync, List<String> xids) {
    store.inTransaction(
        rows -> {
          LinksDue.COMMENTS.remove(rows, sync.name(), xids);
          return true;
        });
  }

  private static void warn(SyncDefinition sync, Refusal why) {
    LOG.warn("sync {}: comments wait: {}", sync.name(), why.words());
  }

  /** Whether everything was carried that can be; what a system is too busy for waits. */
  private boolean carry(
      SyncDefinition sync, NotesRule rule, Link link, List<Comment> notes, List<Comment> comments) {
    List<CommentPair> pairs =
        store
            .inTransaction(rows -> rows.commentPairs(List.of(link.key())))
            .getOrDefault(link.key(), List.of());
    List<Known> known =
        pairs.stream()
            .map(
                pair ->
                    new Known(
                        pair.key(),
                        pair.from(),
                        pair.originalId(),
                        pair.copyId(),
                        pair.text(),
                        pair.gone()))
            .toList();
    boolean complete = true;
    for (Step step :
        CommentPlan.plan(
            notes, comments, known, rule.toTicket(), rule.toTask(), rule.internalToTask())) {
      if (step instanceof Adopt adopt) {
        complete &= adopt(link, adopt, adopt.to() == Side.TICKET ? comments : notes);
      } else if (!carry(sync, rule, link, step, pairs)) {
        return false;
      }
    }
    return complete;
  }

  /**
   * Remembers a copy that was found.
   *
   * @return false if it says something else than its original, which the next pass will see to
   */
  private boolean adopt(Link link, Adopt adopt, List<Comment> others) {
    String wanted = signed(adopt.original(), adopt.to());
    boolean same =
        others.stream()
            .filter(copy -> copy.id().equals(adopt.copyId()))
            .anyMatch(copy -> folded(copy.text()).equals(folded(wanted)));
    String carried = same ? adopt.original().text() : "";
    save(
        link,
        new CommentPair(
            link.key(),
            adopt.key(),
            adopt.to().other(),
            adopt.original().id(),
            Optional.of(adopt.copyId()),
            carried,
            "",
            false));
    return same;
  }

  private static String folded(String text) {
    return BLANKS.matcher(text.strip()).replaceAll(" ");
  }

  private boolean carry(
      SyncDefinition sync, NotesRule rule, Link link, Step step, List<CommentPair> pairs) {
    Optional<String> copyId =
        step instanceof Edit edit
            ? Optional.of(edit.copyId())
            : step instanceof Retract retract ? Optional.of(retract.copyId()) : Optional.empty();
    String text =
        step instanceof Add add
            ? signed(add.original(), step.to())
            : step instanceof Edit edit ? signed(edit.original(), step.to()) : "";
    Outcome<Comment> outcome =
        step instanceof Retract
            ? retract(sync, rule, link, step, copyId)
            : write(sync, rule, link, step, copyId, text);
    outcome
        .value()
        .ifPresent(
            written -> {
              if (step instanceof Add add) {
                save(
                    link,
                    pair(link, add.key(), add.to(), add.original(), written.id(), written.text()));
                tell(link, step, "carried a comment by " + add.original().author());
              } else if (step instanceof Edit edit) {
                save(
                    link,
                    pair(
                        link,
                        edit.key(),
                        edit.to(),
                        edit.original(),
                        edit.copyId(),
                        written.text()));
                tell(link, step, "carried an edit by " + edit.original().author());
              } else {
                pairs.stream()
                    .filter(pair -> pair.key().equals(step.key()))
                    .forEach(pair -> save(link, gone(pair)));
                tell(link, step, "carried a deletion");
              }
            });
    outcome
        .refusal()
        .filter(why -> !why.passes())
        .ifPresent(why -> tellOnce(link, step, "comment refused: " + why.words()));
    if (outcome.refusal().orElse(null) instanceof Refusal.Later later) {
      held.put(link.key(), later.retryAt());
    }
    return outcome.refusal().filter(Refusal::passes).isEmpty();
  }

  /** Takes the copy away where that is possible, and says in its place that it is void if not. */
  private Outcome<Comment> retract(
      SyncDefinition sync, NotesRule rule, Link link, Step step, Optional<String> copyId) {
    if (step.to() == Side.TICKET) {
      Outcome<Comment> gone = write(sync, rule, link, step, copyId, "");
      if (gone.refusal().map(Refusal::passes).orElse(true)) {
        return gone;
      }
    }
    Outcome<Comment> said = write(sync, rule, link, step, copyId, RETRACTED);
    return said.refusal().orElse(null) instanceof Refusal.Gone
        ? Outcome.done(nothing(copyId.orElse(""), step.key()))
        : said;
  }

  private Comment nothing(String id, String key) {
    Instant now = clock.instant();
    return new Comment(id, "", now, now, "", Visibility.INTERNAL, Optional.of(key));
  }

  private Outcome<Comment> write(
      SyncDefinition sync,
      NotesRule rule,
      Link link,
      Step step,
      Optional<String> copyId,
      String text) {
    if (step.to() == Side.TASK) {
      return systems
          .onBehalfOf(sync)
          .tasks()
          .note(new WriteNote(link.task().orElseThrow().record().id(), copyId, step.key(), text));
    }
    Visibility visibility = rule.visibility();
    return systems
        .onBehalfOf(sync)
        .tickets(sync.system())
        .comment(
            new WriteComment(sync.scope(), link.ticketId(), copyId, step.key(), text, visibility));
  }

  private static String signed(Comment original, Side to) {
    String where = to == Side.TICKET ? "ThreatConnect" : "the ticket";
    return original.author() + " wrote in " + where + ":\n\n" + original.text();
  }

  private static CommentPair pair(
      Link link, String key, Side to, Comment original, String copyId, String copyText) {
    return new CommentPair(
        link.key(),
        key,
        to.other(),
        original.id(),
        Optional.of(copyId),
        original.text(),
        copyText,
        false);
  }

  private static CommentPair gone(CommentPair pair) {
    return new CommentPair(
        pair.link(),
        pair.key(),
        pair.from(),
        pair.originalId(),
        pair.copyId(),
        pair.text(),
        RETRACTED,
        true);
  }

  private void save(Link link, CommentPair pair) {
    store.inTransaction(
        rows -> {
          rows.saveCommentPairs(List.of(pair));
          return true;
        });
    LOG.debug("{} paired {}", link.key(), pair.key());
  }

  /** A comment that is refused is tried with each touch of its link; that is news only once. */
  private void tellOnce(Link link, Step step, String what) {
    JournalEntry entry = entry(link, step, what);
    List<JournalEntry> told =
        store.inTransaction(rows -> rows.story(link.key())).stream()
            .filter(each -> each.kind().equals(entry.kind()))
            .toList();
    if (told.isEmpty() || !told.get(told.size() - 1).detail().equals(entry.detail())) {
      tell(link, step, what);
    }
  }

  private JournalEntry entry(Link link, Step step, String what) {
    return new JournalEntry(
        clock.instant(), link.key(), "comment", "notes", what + " to the " + step.to().word());
  }

  private void tell(Link link, Step step, String what) {
    JournalEntry entry = entry(link, step, what);
    store.inTransaction(
        rows -> {
          rows.journal(List.of(entry));
          return true;
        });
    announcements.tell(List.of(entry));
  }
}
