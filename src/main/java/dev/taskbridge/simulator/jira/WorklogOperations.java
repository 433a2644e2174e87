package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work logged on issues. Estimates are not kept, so how to adjust them is not looked at. */
final class WorklogOperations {
  private static final int PAGE = 5000;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");
  private static final Shape WORKLOG =
      Shape.of()
          .with(Shape.Type.ANY, "comment", "author", "updateAuthor", "created", "updated", "self")
          .with(Shape.Type.TEXT, "started", "timeSpent", "id", "issueId")
          .with(Shape.Type.WHOLE, "timeSpentSeconds")
          .with(Shape.Type.OBJECT, "visibility")
          .with(Shape.Type.LIST, "properties");

  private final Site site;
  private final IssueWriter writer;

  WorklogOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/worklog", Access.READ, this::list);
    routes.on("POST", "issue/:issue/worklog", Access.LOGGED_IN, this::add);
    routes.on("GET", "issue/:issue/worklog/:worklog", Access.READ, this::read);
    routes.on("PUT", "issue/:issue/worklog/:worklog", Access.LOGGED_IN, this::edit);
    routes.on("DELETE", "issue/:issue/worklog/:worklog", Access.LOGGED_IN, this::delete);
  }

  private Reply list(Visit visit) {
    Issue issue = visit.issue();
    List<JsonObject> shown =
        site.worklogs().of(issue).stream().map(each -> each.show(visit.view(), issue)).toList();
    return visit.page("worklogs", shown, PAGE);
  }

  private Reply read(Visit visit) {
    Issue issue = visit.issue();
    return Reply.json(200, find(visit, issue).show(visit.view(), issue));
  }

  private Worklog find(Visit visit, Issue issue) {
    String id = visit.call().param("worklog");
    return site.worklogs().of(issue).stream()
        .filter(worklog -> String.valueOf(worklog.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> visit.refuse(404, Wording.NO_SUCH, "worklog", id));
  }

  private Reply add(Visit visit) {
    JsonObject body = visit.body(WORKLOG);
    Issue issue = visit.issueToEdit();
    Instant now = site.now();
    Worklog worklog =
        new Worklog(
            site.worklogs().nextId(),
            visit.actor(),
            visit.actor(),
            comment(visit, body),
            started(visit, body).orElse(now),
            now,
            now,
            spent(visit, body).orElseThrow(() -> visit.refuse(400, Wording.REQUIRED, "timeSpent")));
    List<Worklog> worklogs = new ArrayList<>(site.worklogs().of(issue));
    worklogs.add(worklog);
    store(visit, issue, worklogs, worklog);
    return Reply.json(201, worklog.show(visit.view(), issue));
  }

  private Reply edit(Visit visit) {
    JsonObject body = visit.body(WORKLOG);
    Issue issue = visit.issueToEdit();
    Worklog known = find(visit, issue);
    Worklog edited =
        new Worklog(
            known.id(),
            known.author(),
            visit.actor(),
            body.containsKey("comment") ? comment(visit, body) : known.comment(),
            started(visit, body).orElse(known.started()),
            known.created(),
            site.now(),
            spent(visit, body).orElse(known.spent()));
    List<Worklog> worklogs = new ArrayList<>(site.worklogs().of(issue));
    worklogs.replaceAll(each -> each.id() == edited.id() ? edited : each);
    store(visit, issue, worklogs, edited);
    return Reply.json(200, edited.show(visit.view(), issue));
  }

  private Reply delete(Visit visit) {
    Issue issue = visit.issueToEdit();
    Worklog known = find(visit, issue);
    List<Worklog> worklogs = new ArrayList<>(site.worklogs().of(issue));
    worklogs.remove(known);
    store(visit, issue, worklogs, known);
    return Reply.empty(204);
  }

  private void store(Visit visit, Issue issue, List<Worklog> worklogs, Worklog about) {
    site.worklogs().put(issue, worklogs);
    String id = String.valueOf(about.id());
    writer.note(
        visit.actor(), issue, new Change.Item("WorklogId", null, "jira", id, id, null, null));
  }

  private @Nullable RichText comment(Visit visit, JsonObject body) {
    Object comment = body.getValue("comment");
    if (comment == null) {
      return null;
    }
    Problems problems = visit.problems();
    RichText text =
        new RichTextReader(site, visit.view().version())
            .read(comment, problems, "comment", Wording.COMMENT_BODY);
    problems.refuseIfAny();
    return text;
  }

  private static Optional<Duration> spent(Visit visit, JsonObject body) {
    if (body.getValue("timeSpentSeconds") instanceof Number seconds) {
      return Optional.of(Duration.ofSeconds(seconds.longValue()));
    }
    String text = body.getString("timeSpent");
    return text == null
        ? Optional.empty()
        : Optional.of(
            Worklog.duration(text)
                .orElseThrow(() -> visit.refuse(400, Wording.BAD_VALUE, "timeSpent")));
  }

  private static Optional<Instant> started(Visit visit, JsonObject body) {
    String text = body.getString("started");
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text, MOMENT).toInstant());
    } catch (DateTimeException e) {
      throw visit.refuse(400, Wording.BAD_VALUE, "started");
    }
  }
}
