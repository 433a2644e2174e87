package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates one issue from one request body, or one element of a bulk request. */
record IssueCreator(Visit visit, IssueWriter writer) {

  /** Creates the issue, or notes in {@code problems} why not and gives null. */
  @Nullable JsonObject create(Object element, Problems problems) {
    if (!(element instanceof JsonObject body)) {
      problems.add(Wording.INVALID_PAYLOAD, "an issue must be an object");
      return null;
    }
    Optional<String> problem = EditReader.SHAPE.problem(body);
    if (problem.isPresent()) {
      problems.add(Wording.INVALID_PAYLOAD, problem.get());
      return null;
    }
    Site site = visit.site();
    User actor = visit.actor();
    JsonObject fields = body.getJsonObject("fields");
    Project project = project(fields, problems);
    if (fields == null || project == null) {
      problems.field("project", Wording.VALID_PROJECT);
      return null;
    }
    if (!site.may(actor, Switch.EDIT_ISSUES)) {
      problems.field("project", Wording.NO_PERMISSION, "create issues");
      return null;
    }
    List<Field> screen = site.fields().createScreen();
    EditReader reader = new EditReader(visit, screen, project, null, problems);
    Edits edits = reader.read(body);
    Object type = edits.values.get("issuetype");
    if (type == null) {
      problems.field("issuetype", Wording.VALID_TYPE);
    } else {
      reader.require(edits, required((IssueType) type));
      checkParent(edits, (IssueType) type, problems);
    }
    if (problems.any()) {
      return null;
    }
    Issue issue = writer.create(actor, project, edits);
    JsonObject created =
        new JsonObject()
            .put("id", String.valueOf(issue.id()))
            .put("key", issue.key())
            .put("self", visit.view().self("issue/" + issue.id()));
    JsonObject transition = body.getJsonObject("transition");
    if (transition != null) {
      JsonObject outcome = transition(actor, issue, transition);
      if (site.cloud()) {
        created.put("transition", outcome);
      }
    }
    return created;
  }

  private @Nullable Project project(@Nullable JsonObject fields, Problems problems) {
    if (fields == null || !(fields.getValue("project") instanceof JsonObject wanted)) {
      return null;
    }
    Object id = wanted.getValue("id", wanted.getValue("key"));
    return id == null || !visit.site().browses(visit.user())
        ? null
        : visit.site().project(id.toString()).orElse(null);
  }

  private Set<String> required(IssueType type) {
    Fields fields = visit.site().fields();
    return fields.all().stream()
        .filter(field -> fields.requiredOnCreate(field, type) && !field.id().equals("project"))
        .map(Field::id)
        .collect(Collectors.toSet());
  }

  private void checkParent(Edits edits, IssueType type, Problems problems) {
    if (edits.values.get("parent") instanceof Long id) {
      Issue parent = visit.site().issues().byId(id);
      if (parent == null || parent.type().level() != type.level() + 1) {
        problems.field("parent", Wording.BAD_PARENT);
      }
    }
  }

  /** The issue stays, whatever becomes of its first transition. */
  private JsonObject transition(User actor, Issue issue, JsonObject wanted) {
    Site site = visit.site();
    String id = String.valueOf(wanted.getValue("id"));
    Optional<Workflow.Step> step =
        site.workflows().of(issue.project()).available(issue, actor, site.people()).stream()
            .filter(each -> each.id().equals(id))
            .findFirst();
    boolean refused =
        step.isEmpty()
            || !step.get().required().isEmpty()
            || site.switches().takeOne(Switch.FAIL_TRANSITION_IN_CREATE);
    Problems problems = visit.problems();
    if (refused) {
      problems.add(Wording.BAD_TRANSITION, id, issue.status().name());
    } else {
      writer.transition(actor, issue, step.get(), new Edits());
    }
    return new JsonObject()
        .put("status", refused ? 400 : 200)
        .put("errorCollection", problems.toJson());
  }
}
