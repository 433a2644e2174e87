package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What tests do to the site that no API call does: {@code POST /_sim/move} with {@code issue} and
 * {@code project}, {@code POST /_sim/hide} with {@code issue} and {@code hidden}, {@code PUT
 * /_sim/workflow} with a workflow as {@link Workflows#read} takes it.
 */
final class Controls {
  private final Site site;
  private final IssueWriter writer;

  Controls(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  /** Moves an issue to another project, as an administrator would. */
  Reply move(Call call) {
    JsonObject request = body(call);
    Issue issue = issue(request);
    String wanted = request.getString("project", "");
    Project project =
        site.project(wanted)
            .orElseThrow(() -> new IllegalArgumentException("no project \"" + wanted + "\""));
    Issue moved = writer.move(site.people().all().get(0), issue, project);
    return Reply.json(
        200, new JsonObject().put("id", String.valueOf(moved.id())).put("key", moved.key()));
  }

  /** Takes the API account's right to see an issue, or gives it back. */
  Reply hide(Call call) {
    JsonObject request = body(call);
    boolean hidden = request.getBoolean("hidden", true);
    site.hide(issue(request), hidden);
    return Reply.json(200, new JsonObject().put("hidden", hidden));
  }

  Reply workflow(Call call) {
    install(site.workflows().read(body(call)));
    site.switches().set(Switch.WORKFLOW, "custom");
    return Reply.json(200, new JsonObject().put("workflow", "custom"));
  }

  /** Applies switches; a workflow among them is installed, too. */
  void apply(JsonObject changes) {
    String workflow = changes.getString(Switch.WORKFLOW.key, "");
    Workflow next = workflow.isEmpty() ? null : site.workflows().named(workflow);
    site.switches().apply(changes);
    if (next != null) {
      install(next);
    }
  }

  private void install(Workflow workflow) {
    site.workflows().install(workflow);
    for (Issue issue : List.copyOf(site.issues().all())) {
      Status status = site.workflows().of(issue.project()).nearest(issue.status());
      if (!status.equals(issue.status())) {
        site.issues().put(issue.withValues(Map.of("status", status)));
      }
    }
  }

  private Issue issue(JsonObject request) {
    String wanted = request.getString("issue", "");
    Issue issue = site.issues().find(wanted);
    if (issue == null) {
      throw new IllegalArgumentException("no issue \"" + wanted + "\"");
    }
    return issue;
  }

  private static JsonObject body(Call call) {
    return call.json().map(JsonObject.class::cast).orElseGet(JsonObject::new);
  }
}
