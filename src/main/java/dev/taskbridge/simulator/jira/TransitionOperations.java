package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Lists and takes the steps of an issue's workflow. */
final class TransitionOperations {
  private final IssueWriter writer;

  TransitionOperations(IssueWriter writer) {
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/transitions", Access.READ, this::list);
    routes.on("POST", "issue/:issue/transitions", Access.LOGGED_IN, this::take);
  }

  private Reply list(Visit visit) {
    JsonArray steps =
        new TransitionView(visit.view())
            .list(visit.issue(), visit.expand().contains("transitions.fields"));
    Optional<String> only = visit.call().queryParam("transitionId");
    JsonArray shown = new JsonArray();
    for (Object step : steps) {
      if (only.isEmpty() || only.get().equals(((JsonObject) step).getString("id"))) {
        shown.add(step);
      }
    }
    return Reply.json(200, new JsonObject().put("expand", "transitions").put("transitions", shown));
  }

  private Reply take(Visit visit) {
    JsonObject body = visit.body(EditReader.SHAPE);
    Issue issue = visit.issueToWrite();
    Site site = visit.site();
    User actor = visit.actor();
    JsonObject wanted = body.getJsonObject("transition");
    if (wanted == null || wanted.getValue("id") == null) {
      throw visit.refuse(400, Wording.TRANSITION_ID);
    }
    String id = wanted.getValue("id").toString();
    List<Workflow.Step> available =
        site.may(actor, Switch.TRANSITION_ISSUES)
            ? site.workflows().of(issue.project()).available(issue, actor, site.people())
            : List.of();
    Optional<Workflow.Step> found =
        available.stream().filter(step -> step.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      throw visit.refuse(
          (int) site.switches().number(Switch.BAD_TRANSITION_STATUS),
          Wording.BAD_TRANSITION,
          id,
          issue.status().name());
    }
    Workflow.Step step = found.get();
    Problems problems = visit.problems();
    List<Field> screen =
        site.fields().all().stream().filter(field -> onScreen(step, field)).toList();
    EditReader reader = new EditReader(visit, screen, issue.project(), issue, problems);
    Edits edits = reader.read(body);
    reader.require(edits, step.required());
    problems.refuseIfAny();
    if (site.switches().takeOne(Switch.TRANSITION_CONFLICTS)) {
      throw visit.refuse(409, Wording.CONFLICT);
    }
    writer.transition(actor, issue, step, edits);
    return Reply.empty(204);
  }

  /** A comment may go along with any step. */
  private static boolean onScreen(Workflow.Step step, Field field) {
    return step.screen().contains(field.id()) || field.id().equals("comment");
  }
}
