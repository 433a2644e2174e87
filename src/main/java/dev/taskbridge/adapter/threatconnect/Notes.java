package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.TaskSource.NotesOf;
import dev.taskbridge.adapter.TaskSource.WriteNote;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlBuilder;
import dev.taskbridge.tql.TqlExpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the notes of tasks. Notes are internal: nobody outside sees them. */
final class Notes {
  /** The longest note (from the server's own description). */
  private static final int LONGEST = 65_500;

  private final ThreatConnectApi api;

  Notes(ThreatConnectApi api) {
    this.api = api;
  }

  Outcome<Map<Long, List<Comment>>> of(NotesOf of) {
    Map<Long, List<Comment>> notes = new LinkedHashMap<>();
    of.taskIds().forEach(id -> notes.put(id, new ArrayList<>()));
    if (of.taskIds().isEmpty()) {
      return Outcome.done(notes);
    }
    long afterId = 0;
    boolean more = true;
    while (more) {
      String tql = tql(of, afterId);
      Outcome<Envelope> listed =
          api.list(Kind.NOTES, ListQuery.byId(tql, List.of(), ThreatConnectApi.MOST_RESULTS));
      if (listed.refusal().isPresent()) {
        return Outcome.refused(listed.refusal().get());
      }
      Envelope page = listed.value().orElseThrow();
      long highest = afterId;
      for (JsonNode row : page.data()) {
        long task = taskOf(row, of.taskIds());
        highest = Math.max(highest, TaskJson.id(row));
        List<Comment> list = notes.get(task);
        if (list == null) {
          return Outcome.refused(
              new Refusal.Unknown(
                  "unreadable answer: note "
                      + TaskJson.id(row)
                      + " does not say which of the "
                      + of.taskIds().size()
                      + " tasks it is on"));
        }
        try {
          list.add(comment(row));
        } catch (Unclear e) {
          return Outcome.refused(
              new Refusal.Unknown("unreadable note " + TaskJson.id(row) + ": " + e.words()));
        }
      }
      more = page.hasNext() && highest > afterId;
      afterId = highest;
    }
    notes
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparing(Comment::createdAt)
                        .thenComparing(note -> Long.parseLong(note.id()))));
    return Outcome.done(notes);
  }

  private static String tql(NotesOf of, long afterId) {
    List<TqlExpression> parts = new ArrayList<>();
    parts.add(TqlBuilder.oneOfNumbers("taskId", of.taskIds()));
    of.since()
        .ifPresent(
            since ->
                parts.add(
                    TqlBuilder.anyOf(
                        TqlBuilder.since("dateAdded", since),
                        TqlBuilder.since("lastModified", since))));
    if (afterId > 0) {
      parts.add(TqlBuilder.greater("id", afterId));
    }
    return Tql.print(TqlBuilder.allOf(parts.toArray(TqlExpression[]::new)));
  }

  /** That a note shows its task's id is by analogy to cases; a list for one task needs no proof. */
  private static long taskOf(JsonNode row, List<Long> asked) {
    long id = row.path("taskId").asLong(0);
    if (id == 0) {
      id = TaskJson.id(row.path("task"));
    }
    return id == 0 && asked.size() == 1 ? asked.get(0) : id;
  }

  private static Comment comment(JsonNode row) throws Unclear {
    NoteKey.Parted parted = NoteKey.part(TaskJson.text(row, "text"));
    Instant created = TaskJson.date(row, "dateAdded").orElse(Instant.EPOCH);
    return new Comment(
        Long.toString(TaskJson.id(row)),
        author(row.path("author")),
        created,
        TaskJson.date(row, "lastModified").orElse(created),
        parted.text(),
        Visibility.INTERNAL,
        parted.key());
  }

  /** A login as a rule; newer objects show users as objects. */
  private static String author(JsonNode author) {
    return author.isObject() ? TaskJson.text(author, "userName") : author.asText("");
  }

  Outcome<Comment> write(WriteNote note) {
    String text = NoteKey.join(note.text(), note.key());
    if (text.length() > LONGEST) {
      return Outcome.refused(
          new Refusal.Rejected(
              Optional.empty(),
              "the note has " + text.length() + " characters, and a note takes " + LONGEST));
    }
    ObjectNode json = Envelope.JSON.createObjectNode().put("text", text);
    return note.noteId()
        .map(id -> api.update(Kind.NOTES, id, json, List.of()).then(answer -> written(answer, id)))
        .orElseGet(() -> add(note, json));
  }

  /** Looks before it adds: an earlier attempt may have succeeded without telling. */
  private Outcome<Comment> add(WriteNote note, ObjectNode json) {
    return of(new NotesOf(List.of(note.taskId()), Optional.empty()))
        .then(
            notes ->
                notes.getOrDefault(note.taskId(), List.of()).stream()
                    .filter(there -> there.key().filter(note.key()::equals).isPresent())
                    .findFirst()
                    .map(Outcome::done)
                    .orElseGet(
                        () ->
                            api.create(Kind.NOTES, json.put("taskId", note.taskId()), List.of())
                                .then(answer -> written(answer, ""))));
  }

  private Outcome<Comment> written(Envelope answer, String id) {
    List<JsonNode> rows = answer.data();
    if (rows.size() == 1 && rows.get(0).has("text") && rows.get(0).has("id")) {
      try {
        return Outcome.done(comment(rows.get(0)));
      } catch (Unclear e) {
        return Outcome.refused(new Refusal.Unknown("unreadable note: " + e.words()));
      }
    }
    return id.isEmpty()
        ? Outcome.refused(new Refusal.Unknown("unreadable answer: the new note is not in it"))
        : api.one(Kind.NOTES, id, List.of()).then(read -> written(read, ""));
  }
}
