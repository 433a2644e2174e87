package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Comments, which customers read, and work notes, which they do not. Both are journals: only ever
 * added to, not given back as values, and silently dropped by closed records (seen). They are read
 * from {@code sys_journal_field} for many records at once where the account may, and else from the
 * text that the records show. An entry that replaces another is a new one with the same key;
 * readers see one comment with the newest text.
 */
final class Journals {
  private static final String COMMENTS = "comments";
  private static final String WORK_NOTES = "work_notes";
  private static final int PAGE = 1000;
  private static final int MOST_PAGES = 50;
  private static final int MOST_RECORDS = 100;
  private static final Duration READABLE_FOR = Duration.ofHours(1);

  /** Comfortably inside the column (assumed); more is cut by whoever maps the text. */
  private static final int LONGEST = 30_000;

  private final Records records;
  private final Tables tables;
  private final Clock clock;
  private volatile Instant readableUntil = Instant.EPOCH;

  Journals(Records records, Tables tables, Clock clock) {
    this.records = records;
    this.tables = tables;
    this.clock = clock;
  }

  Outcome<Map<String, List<Comment>>> of(CommentsOf of) {
    Map<String, List<Comment>> comments = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>();
    for (String id : new LinkedHashSet<>(of.ticketIds())) {
      comments.put(id, List.of());
      if (Query.isSysId(id)) {
        ids.add(id);
      }
    }
    Outcome<Boolean> done = Outcome.done(true);
    for (int from = 0; from < ids.size(); from += MOST_RECORDS) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_RECORDS));
      done =
          done.then(
              ignored ->
                  entries(of.scope(), some)
                      .map(
                          entries -> {
                            entries.forEach((id, all) -> comments.put(id, folded(all)));
                            return true;
                          }));
    }
    return done.map(ignored -> comments);
  }

  /** Every entry of some records, oldest first. */
  private Outcome<Map<String, List<Comment>>> entries(Scope scope, List<String> ids) {
    Outcome<Map<String, List<Comment>>> structured = structured(ids);
    boolean trusted =
        structured.value().filter(map -> !map.isEmpty()).isPresent()
            || (structured.value().isPresent() && clock.instant().isBefore(readableUntil));
    if (trusted) {
      return structured;
    }
    boolean unreadable =
        structured
            .refusal()
            .filter(why -> why instanceof Refusal.Denied || why instanceof Refusal.Rejected)
            .isPresent();
    // No entry at all may also mean that access rules hide them all.
    return unreadable || structured.value().isPresent() ? shown(scope, ids) : structured;
  }

  private Outcome<Map<String, List<Comment>>> structured(List<String> ids) {
    Map<String, List<Comment>> entries = new HashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      Outcome<Verdict.Listed> answer =
          Verdict.list(
              records.list(
                  new Records.Listing(
                      "sys_journal_field",
                      "element_idIN"
                          + String.join(",", ids)
                          + "^elementIN"
                          + COMMENTS
                          + ","
                          + WORK_NOTES
                          + "^ORDERBYsys_created_on^ORDERBYsys_id",
                      new Records.Shape(
                          List.of(
                              "sys_id",
                              "element",
                              "element_id",
                              "value",
                              "sys_created_on",
                              "sys_created_by"),
                          false),
                      PAGE,
                      page * PAGE,
                      true)));
      if (answer.refusal().isPresent()) {
        return Outcome.refused(answer.refusal().get());
      }
      Verdict.Listed listed = answer.value().orElseThrow();
      for (Row row : listed.rows()) {
        String id = row.value("element_id");
        if (!ids.contains(id)) {
          return Outcome.refused(
              new Refusal.Rejected(
                  Optional.empty(),
                  "asked sys_journal_field for some records' entries and got another's"));
        }
        if (seen.add(row.sysId())) {
          row.time("sys_created_on")
              .ifPresent(
                  at -> entries.computeIfAbsent(id, i -> new ArrayList<>()).add(comment(row, at)));
        }
      }
      int reached = (page + 1) * PAGE;
      if (listed.total().isPresent()
          ? reached >= listed.total().getAsInt()
          : listed.rows().size() < PAGE) {
        break;
      }
    }
    if (!entries.isEmpty()) {
      readableUntil = clock.instant().plus(READABLE_FOR);
    }
    return Outcome.done(entries);
  }

  private static Comment comment(Row row, Instant at) {
    Marker.Read read = Marker.read(row.value("value"));
    return new Comment(
        row.sysId(),
        row.value("sys_created_by"),
        at,
        at,
        read.text(),
        row.value("element").equals(COMMENTS) ? Visibility.PUBLIC : Visibility.INTERNAL,
        read.key());
  }

  /** From the text that the records show; refused if they show none of it. */
  private Outcome<Map<String, List<Comment>>> shown(Scope scope, List<String> ids) {
    return tables
        .of(scope)
        .then(
            rules ->
                Verdict.list(
                    records.list(
                        new Records.Listing(
                            rules.table(),
                            Query.withIds(ids) + "^ORDERBYsys_id",
                            new Records.Shape(List.of("sys_id", COMMENTS, WORK_NOTES), true),
                            ids.size(),
                            0,
                            false))))
        .then(
            listed -> {
              Map<String, List<Comment>> entries = new HashMap<>();
              for (Row row : listed.rows()) {
                if (!ids.contains(row.sysId())) {
                  continue;
                }
                if (!row.has(COMMENTS) && !row.has(WORK_NOTES)) {
                  return Outcome.refused(
                      new Refusal.Rejected(
                          Optional.empty(),
                          "the account may read neither sys_journal_field nor the comments and"
                              + " work_notes of records; grant it one of them"));
                }
                List<Comment> all = new ArrayList<>();
                all.addAll(JournalText.read(row.sysId(), Visibility.PUBLIC, row.label(COMMENTS)));
                all.addAll(
                    JournalText.read(row.sysId(), Visibility.INTERNAL, row.label(WORK_NOTES)));
                if (all.isEmpty()
                    && !(row.label(COMMENTS).isBlank() && row.label(WORK_NOTES).isBlank())) {
                  // Else each try to write one would see none of its own, and write it again.
                  return Outcome.refused(
                      new Refusal.Rejected(
                          Optional.empty(),
                          "the account may not read sys_journal_field, and the comments that records"
                              + " show cannot be taken apart: give the account the date format"
                              + " yyyy-MM-dd HH:mm:ss, or read access to sys_journal_field"));
                }
                all.sort(Comparator.comparing(Comment::createdAt));
                entries.put(row.sysId(), all);
              }
              return Outcome.done(entries);
            });
  }

  /** One comment per key: where it first stood, with what it says now. */
  private static List<Comment> folded(List<Comment> entries) {
    List<Comment> folded = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (Comment entry : entries) {
      Optional<Integer> place = entry.key().map(places::get);
      if (place.isPresent()) {
        Comment first = folded.get(place.get());
        folded.set(
            place.get(),
            new Comment(
                first.id(),
                first.author(),
                first.createdAt(),
                entry.createdAt(),
                entry.text(),
                entry.visibility(),
                first.key()));
      } else {
        entry.key().ifPresent(key -> places.put(key, folded.size()));
        folded.add(entry);
      }
    }
    return folded;
  }

  Outcome<Comment> write(WriteComment comment) {
    if (!Query.isSysId(comment.ticketId())) {
      return Outcome.refused(
          new Refusal.Gone(Words.quoted(comment.ticketId()) + " is not the id of a record"));
    }
    if (comment.text().isBlank() || comment.text().length() > LONGEST) {
      return Outcome.refused(
          new Refusal.Rejected(
              Optional.empty(),
              "a comment must have between 1 and "
                  + LONGEST
                  + " characters, but has "
                  + comment.text().strip().length()));
    }
    return tables
        .of(comment.scope())
        .then(
            rules ->
                present(comment)
                    .then(
                        present ->
                            present
                                .filter(old -> isDone(comment, old))
                                .<Outcome<Comment>>map(Outcome::done)
                                .orElseGet(() -> append(rules, comment, present.isPresent()))));
  }

  private static boolean isDone(WriteComment wanted, Comment present) {
    return wanted.commentId().isEmpty() || isSame(wanted.text(), present.text());
  }

  private static boolean isSame(String a, String b) {
    return a.replace("\r\n", "\n").strip().equals(b.replace("\r\n", "\n").strip());
  }

  /** What stands there under the comment's key. */
  private Outcome<Optional<Comment>> present(WriteComment comment) {
    return of(new CommentsOf(comment.scope(), List.of(comment.ticketId())))
        .map(
            all ->
                all.getOrDefault(comment.ticketId(), List.of()).stream()
                    .filter(c -> c.key().equals(Optional.of(comment.key())))
                    .findFirst());
  }

  private Outcome<Comment> append(TableRules rules, WriteComment comment, boolean replaces) {
    String column = comment.visibility() == Visibility.PUBLIC ? COMMENTS : WORK_NOTES;
    String text =
        Marker.write(comment.text(), comment.key(), replaces || comment.commentId().isPresent());
    return Verdict.row(
            records.update(
                rules.table(),
                comment.ticketId(),
                Map.of(column, text),
                new Records.Shape(List.of("sys_id", "number", "active", "state"), true)),
            Verdict.Doing.WRITING)
        .match(
            row ->
                present(comment)
                    .match(
                        now ->
                            now.filter(c -> isSame(comment.text(), c.text()))
                                .<Outcome<Comment>>map(Outcome::done)
                                .orElseGet(() -> Outcome.refused(vanished(rules, column, row))),
                        // Written, and not seen afterwards: the next look finds it by its key.
                        why -> Outcome.refused(new Refusal.Unknown(why.words()))),
            why -> Outcome.refused(Words.notAdded(why, rules, column)));
  }

  private static Refusal vanished(TableRules rules, String column, Row row) {
    boolean closed =
        row.value("active").equals("false") || rules.done().contains(row.value("state"));
    return new Refusal.Rejected(
        Optional.empty(),
        row.value("number")
            + " took a text for "
            + column
            + " without an error and kept nothing: "
            + (closed
                ? "it is closed, and closed records keep no comments"
                : "the account may not write " + column + ", or may not read it back"));
  }
}
