package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workflows as they show through the issues that were read: reading a workflow itself needs
 * administrator's rights. Thread-safe.
 */
final class LearnedWorkflows {
  private static final Duration LIFE = Duration.ofHours(1);

  private final Clock clock;
  private final Map<Kind, Map<String, Learned>> learned = new ConcurrentHashMap<>();
  private final LookupCache<ScreenOf, Map<String, FieldMeta>> screens;

  LearnedWorkflows(Clock clock) {
    this.clock = clock;
    this.screens = new LookupCache<>(clock, LIFE);
  }

  /** What a workflow hangs on: a project and an issue type, by name. */
  record Kind(String project, String type) {
    /** An issue may have moved or changed its type, so what it says itself counts. */
    static Kind of(Ticket issue, JiraScope scope) {
      return new Kind(
          issue.value(JiraFields.PROJECT) instanceof Choice project
              ? project.label()
              : scope.project(),
          issue.value(JiraFields.ISSUE_TYPE) instanceof Choice type ? type.label() : scope.type());
    }
  }

  private record Learned(List<Step> steps, Instant at) {}

  private record ScreenOf(Kind kind, String stepId) {}

  /** Remembers the steps that an issue's JSON shows, if it came with any. */
  void learn(JsonNode issue) {
    JsonNode fields = issue.path("fields");
    String status = Json.text(fields.path("status"), "id");
    if (!issue.path("transitions").isArray() || status.isEmpty()) {
      return;
    }
    Kind kind =
        new Kind(
            Json.text(fields.path("project"), "key"), Json.text(fields.path("issuetype"), "name"));
    learned
        .computeIfAbsent(kind, ignored -> new ConcurrentHashMap<>())
        .put(status, new Learned(steps(issue), clock.instant()));
  }

  /** The steps in an issue's JSON, those without a screen first. */
  static List<Step> steps(JsonNode issue) {
    List<Step> steps = new ArrayList<>();
    issue.path("transitions").forEach(transition -> steps.add(Step.of(transition)));
    steps.removeIf(step -> step.id().isEmpty() || step.to().isEmpty());
    return List.copyOf(steps);
  }

  Workflow of(Kind kind) {
    Map<String, List<Step>> fresh = new HashMap<>();
    Instant horizon = clock.instant().minus(LIFE);
    learned
        .getOrDefault(kind, Map.of())
        .forEach(
            (status, steps) -> {
              if (steps.at().isAfter(horizon)) {
                fresh.put(status, steps.steps());
              }
            });
    return new Workflow(fresh);
  }

  /** Whether every status that is known of has been looked at. */
  boolean isComplete(Kind kind) {
    Workflow workflow = of(kind);
    return !workflow.stepsFrom().isEmpty() && workflow.unknown().isEmpty();
  }

  /** The fields that a step asks for, by id, if they were read before. */
  Optional<Map<String, FieldMeta>> screen(Kind kind, String stepId) {
    return screens.peek(new ScreenOf(kind, stepId));
  }

  void learnScreen(Kind kind, String stepId, Map<String, FieldMeta> fields) {
    screens.put(new ScreenOf(kind, stepId), fields);
  }

  void forgetScreen(Kind kind, String stepId) {
    screens.forget(new ScreenOf(kind, stepId));
  }
}
