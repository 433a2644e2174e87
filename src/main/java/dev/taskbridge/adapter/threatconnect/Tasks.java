package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.adapter.http.Words;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlBuilder;
import dev.taskbridge.tql.TqlExpression;
import dev.taskbridge.tql.TqlProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads tasks: by query in pages of ascending ids, and one by its xid. Thread-safe. */
final class Tasks {
  /** Below this a page is not made smaller: something else is wrong. */
  private static final int SMALL_PAGE = 100;

  /**
   * So many xids of the longest kind stay below the eight thousand characters that pass anywhere.
   */
  private static final int FIT_INTO_AN_ADDRESS = 50;

  private final ThreatConnectApi api;
  private final MoreFields moreFields;
  private final TaskJson json;

  /** What the server could answer lately; grows again with each page that comes. */
  private final AtomicInteger pageLimit = new AtomicInteger(ThreatConnectApi.MOST_RESULTS);

  Tasks(ThreatConnectApi api, MoreFields moreFields, TaskJson json) {
    this.api = api;
    this.moreFields = moreFields;
    this.json = json;
  }

  Outcome<TaskPage> page(TaskQuery query) {
    Optional<Refusal> wrong = query.filter().flatMap(Tasks::problem);
    if (wrong.isPresent()) {
      return Outcome.refused(wrong.get());
    }
    return moreFields
        .ofTasks(query.artifacts())
        .then(
            fields ->
                query.xids().size() > FIT_INTO_AN_ADDRESS && !api.takesLongQueries()
                    ? inPieces(query, fields)
                    : page(query, fields));
  }

  /** The tasks of many xids where only addresses can carry them. */
  private Outcome<TaskPage> inPieces(TaskQuery query, List<String> fields) {
    List<Task> tasks = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (int from = 0; from < query.xids().size(); from += FIT_INTO_AN_ADDRESS) {
      int to = Math.min(from + FIT_INTO_AN_ADDRESS, query.xids().size());
      TaskQuery piece =
          new TaskQuery(
              query.filter(),
              query.caseTouchedSince(),
              query.xids().subList(from, to),
              query.afterId(),
              FIT_INTO_AN_ADDRESS,
              query.artifacts());
      Outcome<TaskPage> page = page(piece, fields);
      if (page.refusal().isPresent()) {
        return page;
      }
      tasks.addAll(page.value().orElseThrow().tasks());
      unreadable.addAll(page.value().orElseThrow().unreadable());
    }
    // Each xid is of one task, so every piece is complete; the caller's limit cuts what is too
    // much.
    tasks.sort(Comparator.comparingLong(Task::id));
    boolean more = tasks.size() > query.limit();
    List<Task> first = more ? tasks.subList(0, query.limit()) : tasks;
    long highest = first.isEmpty() ? query.afterId() : first.get(first.size() - 1).id();
    return Outcome.done(new TaskPage(List.copyOf(first), more, highest, unreadable));
  }

  private Outcome<TaskPage> page(TaskQuery query, List<String> fields) {
    int limit = Math.min(Math.max(query.limit(), 1), pageLimit.get());
    String tql = tql(query);
    Outcome<Envelope> listed = api.list(Kind.TASKS, ListQuery.byId(tql, fields, limit));
    if (limit > SMALL_PAGE
        && listed.refusal().filter(Refusal.Unknown.class::isInstance).isPresent()) {
      // A query that takes too long ends in an error that is not documented: ask for less at once.
      limit = Math.max(SMALL_PAGE, limit / 10);
      pageLimit.set(limit);
      listed = api.list(Kind.TASKS, ListQuery.byId(tql, fields, limit));
    } else if (listed.value().isPresent()) {
      pageLimit.updateAndGet(now -> Math.min(ThreatConnectApi.MOST_RESULTS, now * 2));
    }
    int asked = limit;
    return listed.then(page -> read(page, query, asked));
  }

  /** The configured filter stays as it was written, in brackets; the rest is composed. */
  private static String tql(TaskQuery query) {
    List<TqlExpression> parts = new ArrayList<>();
    query
        .caseTouchedSince()
        .ifPresent(
            since -> parts.add(TqlBuilder.has("hasCase", TqlBuilder.since("lastUpdated", since))));
    if (!query.xids().isEmpty()) {
      parts.add(TqlBuilder.oneOf("xid", query.xids()));
    }
    if (query.afterId() > 0) {
      parts.add(TqlBuilder.greater("id", query.afterId()));
    }
    List<String> texts = new ArrayList<>();
    query
        .filter()
        .filter(filter -> !filter.isBlank())
        .ifPresent(filter -> texts.add("(" + filter.strip() + ")"));
    parts.forEach(part -> texts.add(Tql.print(part)));
    return String.join(" and ", texts);
  }

  /** A filter with a slip in its brackets would change the meaning of what it is put beside. */
  static Optional<Refusal> problem(String filter) {
    if (filter.isBlank()) {
      return Optional.empty();
    }
    Optional<TqlProblem> problem =
        Tql.parse(filter).match(expression -> Optional.empty(), Optional::of);
    return problem.map(
        found ->
            new Refusal.Rejected(Optional.empty(), Words.bounded("tasks.tql: " + found.message())));
  }

  private Outcome<TaskPage> read(Envelope page, TaskQuery query, int asked) {
    List<JsonNode> rows = page.data();
    long highest = query.afterId();
    for (JsonNode row : rows) {
      long id = TaskJson.id(row);
      if (id != 0 && id <= highest) {
        return Outcome.refused(
            new Refusal.Unknown(
                "unreadable answer: task "
                    + id
                    + " came after "
                    + highest
                    + ", though tasks above it were asked for in the order of their ids"));
      }
      highest = Math.max(highest, id);
    }
    boolean more = page.hasNext() || rows.size() >= asked;
    if (more && highest == query.afterId()) {
      return Outcome.refused(
          new Refusal.Unknown(
              "unreadable answer: a page says that more tasks follow, and holds none with an id"));
    }
    long last = highest;
    return cases(rows).map(cases -> page(rows, cases, more, last));
  }

  private TaskPage page(
      List<JsonNode> rows, Map<Long, ParentCase> cases, boolean more, long highest) {
    List<Task> tasks = new ArrayList<>(rows.size());
    List<Unreadable> unreadable = new ArrayList<>();
    for (JsonNode row : rows) {
      try {
        tasks.add(json.task(row, Optional.ofNullable(cases.get(TaskJson.caseId(row)))));
      } catch (Unclear e) {
        unreadable.add(unreadable(row, e));
      }
    }
    return new TaskPage(tasks, more, highest, unreadable);
  }

  private static Unreadable unreadable(JsonNode row, Unclear why) {
    long id = TaskJson.id(row);
    return new Unreadable(
        id == 0 ? "a task without an id" : "task " + id, Words.bounded(why.words() + " in " + row));
  }

  /** Where the server does not show cases with their tasks, they are read beside them. */
  private Outcome<Map<Long, ParentCase>> cases(List<JsonNode> rows) {
    Set<Long> ids = new LinkedHashSet<>();
    for (JsonNode row : rows) {
      if (!row.path("parentCase").isObject() && TaskJson.caseId(row) != 0) {
        ids.add(TaskJson.caseId(row));
      }
    }
    if (ids.isEmpty()) {
      return Outcome.done(Map.of());
    }
    String tql = Tql.print(TqlBuilder.oneOfNumbers("id", ids));
    return api.list(Kind.CASES, ListQuery.byId(tql, List.of(), ThreatConnectApi.MOST_RESULTS))
        .map(
            page -> {
              Map<Long, ParentCase> cases = new HashMap<>();
              for (JsonNode row : page.data()) {
                try {
                  cases.put(TaskJson.id(row), TaskJson.investigation(row));
                } catch (Unclear e) {
                  // The task is read all the same, with a case of which nothing is known.
                }
              }
              return cases;
            });
  }

  /** One task by its xid. */
  Outcome<TaskPresence> read(String xid) {
    return moreFields
        .ofTasks(false)
        .then(fields -> api.one(Kind.TASKS, xid, fields))
        .then(answer -> one(answer, xid))
        .match(
            task ->
                task.xid().equals(xid)
                    ? Outcome.done(new TaskPresence.Present(task))
                    : byQuery(xid, "HTTP 404 for this xid"),
            refusal ->
                refusal instanceof Refusal.Gone gone
                    ? missing(xid, gone.words())
                    : Outcome.refused(refusal));
  }

  private Outcome<TaskPresence> missing(String xid, String words) {
    // Digits alone are taken for an id, so the 404 says nothing about the xid.
    return isNumber(xid) ? byQuery(xid, words) : Outcome.done(new TaskPresence.Missing(words));
  }

  private Outcome<TaskPresence> byQuery(String xid, String words) {
    return page(new TaskQuery(
            Optional.empty(), Optional.empty(), List.of(xid), 0, SMALL_PAGE, false))
        .map(
            page ->
                page.tasks().stream()
                    .filter(task -> task.xid().equals(xid))
                    .<TaskPresence>map(TaskPresence.Present::new)
                    .findFirst()
                    .orElseGet(() -> new TaskPresence.Missing(words)));
  }

  /** One task by its id. */
  Outcome<Task> read(long id) {
    return moreFields
        .ofTasks(false)
        .then(fields -> api.one(Kind.TASKS, Long.toString(id), fields))
        .then(answer -> one(answer, "task " + id));
  }

  /** The task in an answer about one, its case read beside it if need be. */
  Outcome<Task> one(Envelope answer, String what) {
    List<JsonNode> rows = answer.data();
    if (rows.size() != 1) {
      return Outcome.refused(
          new Refusal.Unknown("unreadable answer: " + rows.size() + " tasks for " + what));
    }
    return cases(rows)
        .then(
            cases -> {
              TaskPage page = page(rows, cases, false, 0);
              return page.tasks().isEmpty()
                  ? Outcome.refused(
                      new Refusal.Unknown("unreadable answer: " + page.unreadable().get(0).what()))
                  : Outcome.done(page.tasks().get(0));
            });
  }

  private static boolean isNumber(String xid) {
    return xid.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
