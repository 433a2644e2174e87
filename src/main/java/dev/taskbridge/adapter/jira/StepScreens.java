package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the steps of one issue's workflow want filled in, and what configuration gives them. A
 * screen is read only when there is something to say on it or a step was refused.
 */
final class StepScreens {
  private final InScope in;
  private final String id;
  private final LearnedWorkflows.Kind kind;

  StepScreens(InScope in, String id, LearnedWorkflows.Kind kind) {
    this.in = in;
    this.id = id;
    this.kind = kind;
  }

  boolean knows(Step step) {
    return in.site().workflows().screen(kind, step.id()).isPresent();
  }

  /** What a refused step may have missed, as words to be added to Jira's own. */
  String hint(Step step) {
    Map<String, FieldMeta> screen = in.site().workflows().screen(kind, step.id()).orElse(Map.of());
    List<Map.Entry<String, String>> given = in.scope().wantedOnEntering(step.toName());
    String missing =
        screen.values().stream()
            .filter(FieldMeta::required)
            .filter(meta -> given.stream().noneMatch(each -> meta.isCalled(each.getKey())))
            .map(
                meta ->
                    meta.name()
                        + (meta.allowed().isEmpty() ? "" : " (" + Words.list(meta.labels()) + ")"))
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? ""
        : "; the step \""
            + step.name()
            + "\" wants "
            + missing
            + ": name it in fields.status.set under "
            + step.toName();
  }

  /** The transition and the fields that configuration wants set on entering its status. */
  Outcome<ObjectNode> body(Step step) {
    ObjectNode body = Json.object();
    body.putObject("transition").put("id", step.id());
    Map<String, String> given = new LinkedHashMap<>();
    in.scope().wantedOnEntering(step.toName()).forEach(e -> given.put(e.getKey(), e.getValue()));
    if (given.isEmpty() || !step.screen()) {
      return Outcome.done(body);
    }
    Optional<Map<String, FieldMeta>> screen = in.site().workflows().screen(kind, step.id());
    boolean resolutionOnly =
        given.keySet().stream().allMatch(name -> name.equalsIgnoreCase("resolution"));
    if (screen.isEmpty() && resolutionOnly) {
      // By far the most common wish, and it needs no look at the screen to be written.
      ObjectNode fields = body.putObject("fields");
      given.values().forEach(name -> fields.putObject("resolution").put("name", name));
      return Outcome.done(body);
    }
    if (screen.isEmpty()) {
      Optional<Refusal> refusal = read(step);
      if (refusal.isPresent()) {
        return Outcome.refused(refusal.get());
      }
      screen = in.site().workflows().screen(kind, step.id());
    }
    return fill(body, screen.orElse(Map.of()), given);
  }

  private Outcome<ObjectNode> fill(
      ObjectNode body, Map<String, FieldMeta> screen, Map<String, String> given) {
    ObjectNode fields = Json.object();
    ValueWriter writer = new ValueWriter(in, "");
    for (Map.Entry<String, String> each : given.entrySet()) {
      Optional<FieldMeta> meta =
          screen.values().stream().filter(field -> field.isCalled(each.getKey())).findFirst();
      if (meta.isEmpty()) {
        continue;
      }
      if (meta.get().id().equals("comment")) {
        body.putObject("update")
            .putArray("comment")
            .addObject()
            .putObject("add")
            .set("body", in.flavour().richText(each.getValue(), ""));
        continue;
      }
      Outcome<JsonNode> value =
          writer.json(
              JiraFields.nameOf(meta.get().id()), FieldValue.text(each.getValue()), meta.get());
      if (value.refusal().isPresent()) {
        Refusal why = value.refusal().get();
        return Outcome.refused(
            why instanceof Refusal.Rejected
                ? StatusWalk.rejected("fields.status.set, " + each.getKey() + ": " + why.words())
                : why);
      }
      fields.set(meta.get().id(), value.value().orElseThrow());
    }
    if (!fields.isEmpty()) {
      body.set("fields", fields);
    }
    return Outcome.done(body);
  }

  /** Asks what the step's screen holds, and remembers it. */
  Optional<Refusal> read(Step step) {
    Outcome<JsonNode> read =
        in.client()
            .read(
                Http.Request.get(
                    "transitions",
                    in.issue(
                        id,
                        "/transitions?expand=transitions.fields&transitionId="
                            + JiraClient.encoded(step.id()))));
    if (read.refusal().isPresent()) {
      return read.refusal();
    }
    Map<String, FieldMeta> fields = new HashMap<>();
    for (JsonNode transition : read.value().orElseThrow().path("transitions")) {
      if (Json.text(transition, "id").equals(step.id())) {
        transition
            .path("fields")
            .fields()
            .forEachRemaining(
                field ->
                    fields.put(field.getKey(), FieldMeta.of(field.getKey(), field.getValue())));
      }
    }
    in.site().workflows().learnScreen(kind, step.id(), fields);
    return Optional.empty();
  }
}
