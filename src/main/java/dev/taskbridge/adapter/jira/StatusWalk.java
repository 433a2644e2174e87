package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes one issue to a status by the workflow's steps: the shortest way that is known, learned from
 * what Jira offers on the way. Used once, by one thread.
 */
final class StatusWalk {
  private static final int MOST_TRIES = 40;
  private static final int MOST_CONFLICTS = 3;
  private static final int MOST_EXPLORED = 50;

  private final InScope in;
  private final String id;
  private final String key;
  private final LearnedWorkflows.Kind kind;
  private final Choice wanted;
  private final StepScreens screens;

  private String here;
  private String hereName;

  /** What Jira offers this very issue in its present status, if that was just asked. */
  private Optional<List<Step>> offered = Optional.empty();

  private final Set<String> refused = new HashSet<>();
  private final Set<String> visited = new HashSet<>();
  private String lastWords = "";
  private final Map<String, String> categories = new HashMap<>();
  private boolean explored;
  private boolean wantsDone;
  private boolean guesses = true;
  private boolean guessed;
  private boolean lost;
  private boolean moved;
  private int conflicts;

  private StatusWalk(InScope in, Ticket issue, Choice present, Choice wanted) {
    this.in = in;
    this.id = issue.id();
    this.key = issue.key();
    this.kind = LearnedWorkflows.Kind.of(issue, in.scope());
    this.wanted = wanted;
    this.here = present.id();
    this.hereName = present.label();
    this.screens = new StepScreens(in, id, kind);
    visited.add(here);
  }

  /**
   * How far it got.
   *
   * @param moved whether any step was taken
   * @param refusal why it did not arrive; empty if it did
   */
  record Walked(boolean moved, Optional<Refusal> refusal) {}

  static Walked walk(InScope in, Ticket issue, FieldValue wanted) {
    if (!(issue.value(FieldName.STATUS) instanceof Choice present)) {
      return new Walked(false, Optional.of(rejected(issue.key() + " shows no status")));
    }
    if (!(wanted instanceof Choice target)) {
      return new Walked(false, Optional.of(rejected("a Jira issue cannot be without a status")));
    }
    StatusWalk walk = new StatusWalk(in, issue, present, target);
    Optional<Refusal> refusal = walk.run();
    if (walk.guessed && refusal.orElse(null) instanceof Refusal.Rejected) {
      boolean isBack = walk.back(issue, present);
      if (isBack && walk.lost) {
        // Told from where people find the issue, with what was learned on the way.
        refusal = Optional.of(walk.noWay(present));
      }
    }
    return new Walked(walk.moved, refusal);
  }

  private Optional<Refusal> run() {
    for (int tries = 0; tries < MOST_TRIES && !arrived(); tries++) {
      Optional<Refusal> refusal = onwards();
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return arrived()
        ? Optional.empty()
        : Optional.of(rejected(key + " did not reach " + shownTarget() + ": " + lastWords));
  }

  /** What was stepped into on the off-chance and led nowhere is left again, if there is a way. */
  private boolean back(Ticket issue, Choice began) {
    StatusWalk back = new StatusWalk(in, issue, new Choice(here, hereName), began);
    back.guesses = false;
    return back.run().isEmpty();
  }

  private boolean arrived() {
    return wanted.isCalled(here) || wanted.isCalled(hereName);
  }

  private Optional<Refusal> onwards() {
    Workflow workflow = in.site().workflows().of(kind);
    Optional<List<Step>> known =
        offered.or(() -> Optional.ofNullable(workflow.stepsFrom().get(here)));
    if (known.isEmpty()) {
      return look();
    }
    List<Step> open = open(known.get());
    Optional<Step> next = workflow.path(here, open, this::leadsToWanted).stream().findFirst();
    // Others of this status may have steps that this issue lacks.
    boolean sure = offered.isPresent() || next.map(step -> !step.conditional()).orElse(false);
    if (!sure) {
      return look();
    }
    if (next.isPresent()) {
      return take(next.get());
    }
    if (!explored) {
      return explore(workflow);
    }
    Optional<Step> guess =
        workflow
            .towardsUnknown(here, open, step -> worthTrying(step) && !step.isDone())
            .or(
                () ->
                    workflow.towardsUnknown(
                        here, open, step -> worthTrying(step) && wantsDone && workHasBegun()))
            .filter(step -> guesses);
    if (guess.isEmpty()) {
      lost = true;
      return Optional.of(noWay(workflow, new Choice(here, hereName), open));
    }
    guessed = true;
    return take(guess.get());
  }

  /** Before that a status that ends the work is rather a rejection than a way to another end. */
  private boolean workHasBegun() {
    return !categories.getOrDefault(here, "").equals("new");
  }

  private boolean leadsToWanted(Step step) {
    return step.leadsTo(wanted.id()) || step.leadsTo(wanted.label());
  }

  private List<Step> open(List<Step> steps) {
    return steps.stream()
        .filter(step -> !step.to().equals(here) && !refused.contains(here + "/" + step.id()))
        .toList();
  }

  /** Never twice into the same; a status that ends the work is tried last, being a dead end. */
  private boolean worthTrying(Step step) {
    return !visited.contains(step.to());
  }

  /** Where the issue is and what it may do now. */
  private Optional<Refusal> look() {
    Outcome<Optional<JsonNode>> read = in.fetchOne(id, true);
    if (read.refusal().isPresent()) {
      return read.refusal();
    }
    Optional<JsonNode> issue = read.value().orElseThrow();
    if (issue.isEmpty()) {
      return Optional.of(new Refusal.Gone(key + " is not there any more, or not for this account"));
    }
    JsonNode status = issue.get().path("fields").path("status");
    here = Json.text(status, "id");
    hereName = Json.text(status, "name");
    offered = Optional.of(LearnedWorkflows.steps(issue.get()));
    return Optional.empty();
  }

  /**
   * Learns more of the workflow without moving anything: other issues stand in the statuses that
   * are not known yet, and show what leads on from there.
   */
  private Optional<Refusal> explore(Workflow workflow) {
    Optional<Refusal> refusal = checkTarget();
    Set<String> unknown = workflow.unknown();
    if (refusal.isPresent() || unknown.isEmpty()) {
      explored = true;
      return refusal;
    }
    Outcome<SearchPage> page =
        in.search(
            SearchQuery.of(
                    new Jql()
                        .is("project", kind.project())
                        .is("issuetype", kind.type())
                        .in("status", unknown)
                        .orderedBy("updated DESC"),
                    List.of("status", "project", "issuetype"),
                    MOST_EXPLORED)
                .withTransitions());
    page.value().ifPresent(found -> found.issues().forEach(in.site().workflows()::learn));
    // Each round that taught something may show further statuses to ask about.
    int learned = in.site().workflows().of(kind).stepsFrom().size();
    explored = learned == workflow.stepsFrom().size();
    return page.refusal().filter(Refusal::concernsSystem);
  }

  /** A status that does not exist is a mistake in the configuration, and nothing to walk to. */
  private Optional<Refusal> checkTarget() {
    Outcome<List<Metadata.Status>> statuses =
        in.site().metadata().statuses(in.flavour(), kind.project(), kind.type());
    for (Metadata.Status status : statuses.value().orElse(List.of())) {
      categories.put(status.id(), status.category());
    }
    for (Metadata.Status status : statuses.value().orElse(List.of())) {
      if (wanted.isCalled(status.id()) || wanted.isCalled(status.name())) {
        wantsDone = status.category().equals("done");
        return Optional.empty();
      }
    }
    return statuses.match(
        known ->
            Optional.of(
                rejected(
                    "issues of type "
                        + kind.type()
                        + " in project "
                        + kind.project()
                        + " have no status "
                        + shownTarget()
                        + "; they have "
                        + Words.list(known.stream().map(Metadata.Status::name).toList()))),
        Optional::of);
  }

  private Optional<Refusal> take(Step step) {
    Outcome<ObjectNode> body = screens.body(step);
    if (body.refusal().isPresent()) {
      return body.refusal();
    }
    JiraClient.Reply reply =
        in.client()
            .ask(
                Http.Request.once(
                    "transition",
                    "POST",
                    in.issue(id, "/transitions"),
                    Json.write(body.value().orElseThrow())));
    if (reply instanceof JiraClient.Ok) {
      here = step.to();
      hereName = step.toName();
      moved = true;
      offered = Optional.empty();
      explored = false;
      visited.add(here);
      return Optional.empty();
    }
    return failed(step, (JiraClient.Failed) reply);
  }

  private Optional<Refusal> failed(Step step, JiraClient.Failed failed) {
    boolean wasSure = offered.isPresent();
    lastWords = failed.problem().words("Jira answered " + failed.status());
    switch (failed.status()) {
      case 409 -> {
        if (++conflicts > MOST_CONFLICTS) {
          return Optional.of(rejected(key + " is being moved by others: " + lastWords));
        }
        return look();
      }
      case 400, 500 -> {
        String before = here;
        Optional<Refusal> refusal = look();
        if (refusal.isPresent() || !here.equals(before)) {
          moved |= !here.equals(before);
          return refusal;
        }
        // Data Center says 500 for a step that is not offered (documented).
        if (failed.status() == 500 && in.flavour().editAnswersWithIssue()) {
          return Optional.of(failed.refusal());
        }
        if (wasSure && screens.knows(step)) {
          refused.add(here + "/" + step.id());
          lastWords = lastWords + screens.hint(step);
          return Optional.empty();
        }
        // Still offered, so it must be the fields that were missing or too many.
        return offered.orElseThrow().stream().anyMatch(each -> each.id().equals(step.id()))
            ? screens.read(step)
            : Optional.empty();
      }
      default -> {
        return Optional.of(
            failed.refusal() instanceof Refusal.Rejected ? rejected(lastWords) : failed.refusal());
      }
    }
  }

  private Refusal noWay(Choice from) {
    Workflow workflow = in.site().workflows().of(kind);
    return noWay(workflow, from, workflow.stepsFrom().getOrDefault(from.id(), List.of()));
  }

  private Refusal noWay(Workflow workflow, Choice from, List<Step> open) {
    List<String> reachable = workflow.reachable(from.id(), open);
    String words =
        reachable.isEmpty()
            ? "Jira offers "
                + key
                + " no step from \""
                + from.label()
                + "\": it is a dead end of the workflow, or the account may not transition issues"
            : "the workflow has no known way for "
                + key
                + " from \""
                + from.label()
                + "\" to "
                + shownTarget()
                + "; it leads to "
                + Words.list(reachable)
                + notTried(workflow, from, open);
    return rejected(lastWords.isEmpty() ? words : words + "; Jira said: " + lastWords);
  }

  /** Whoever ends an issue only to see what leads on from there may not get it out again. */
  private static String notTried(Workflow workflow, Choice from, List<Step> open) {
    Set<String> ends = new TreeSet<>();
    workflow.path(
        from.id(),
        open,
        step -> {
          if (step.isDone() && !workflow.stepsFrom().containsKey(step.to())) {
            ends.add(step.toName());
          }
          return false;
        });
    return ends.isEmpty()
        ? ""
        : "; what leads on from "
            + Words.list(List.copyOf(ends))
            + " is not known, and an issue is not ended to find out: it is learned from any issue"
            + " of this type that stands there";
  }

  private String shownTarget() {
    return "\"" + wanted.label() + "\"";
  }

  static Refusal rejected(String words) {
    return new Refusal.Rejected(Optional.of(FieldName.STATUS), Words.bounded(words));
  }
}
