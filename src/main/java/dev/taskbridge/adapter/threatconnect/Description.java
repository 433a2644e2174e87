package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.TaskStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server says about itself, and what of our wishes will not work there. */
final class Description {
  /** A signature is good for five minutes (documented); earlier than that somebody should know. */
  private static final Duration WORRYING_SKEW = Duration.ofMinutes(2);

  private static final Map<String, FieldName> WRITABLE = writable();

  private final ThreatConnectApi api;
  private final ThreatConnectSettings settings;

  Description(ThreatConnectApi api, ThreatConnectSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  Outcome<SystemDescription> of(Optional<String> filter) {
    return api.list(Kind.OWNERS, new ListQuery("", List.of(), "", 0, 100, false))
        .then(
            owners ->
                api.describe(Kind.TASKS, true)
                    .then(
                        fields ->
                            api.parameters(Kind.TASKS)
                                .map(parameters -> describe(owners, fields, parameters, filter))));
  }

  private SystemDescription describe(
      Envelope owners, JsonNode fields, Envelope parameters, Optional<String> filter) {
    List<String> problems = new ArrayList<>();
    Duration ahead = clockAhead(owners);
    if (ahead.abs().compareTo(WORRYING_SKEW) > 0) {
      problems.add(
          "ThreatConnect's clock is "
              + ahead.abs().toSeconds()
              + " s "
              + (ahead.isNegative() ? "behind" : "ahead of")
              + " ours; from 300 s on it refuses our signatures");
    }
    rights(owners, problems);
    filter.filter(text -> !text.isBlank()).ifPresent(text -> query(text, parameters, problems));
    return new SystemDescription(
        "ThreatConnect",
        settings.account(),
        Arrays.stream(TaskStatus.values()).map(TaskStatus::word).toList(),
        List.of("Low", "Medium", "High", "Critical"),
        fieldsOf(fields),
        ahead,
        "UTC",
        problems);
  }

  private static Duration clockAhead(Envelope answer) {
    return answer
        .response()
        .header("date")
        .flatMap(Description::date)
        .map(theirs -> Duration.between(answer.response().at(), theirs))
        .orElse(Duration.ZERO);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What the account may do with tasks and notes in the owner that is used (seen values). */
  private void rights(Envelope owners, List<String> problems) {
    List<JsonNode> rows = owners.data();
    Optional<JsonNode> owner =
        settings.owner().isPresent()
            ? rows.stream()
                .filter(row -> TaskJson.text(row, "name").equals(settings.owner().get()))
                .findFirst()
            : rows.stream()
                .filter(row -> TaskJson.text(row, "type").equals("Organization"))
                .findFirst();
    if (owner.isEmpty() && settings.owner().isPresent()) {
      problems.add(
          "the account sees no owner called \""
              + settings.owner().get()
              + "\"; it sees "
              + rows.stream().map(row -> "\"" + TaskJson.text(row, "name") + "\"").toList());
    }
    owner.ifPresent(
        row -> {
          right(row, "permTask", "tasks", problems);
          right(row, "permComment", "notes", problems);
        });
  }

  private static void right(JsonNode owner, String permission, String what, List<String> problems) {
    String granted = TaskJson.text(owner, permission);
    if (granted.equals("NONE")) {
      problems.add("the account may not see " + what + " (" + permission + " is NONE)");
    } else if (granted.equals("READ")) {
      problems.add("the account may read but not change " + what + " (" + permission + " is READ)");
    }
  }

  /** By our own grammar, by the server's list of parameters, and by asking. */
  private void query(String filter, Envelope parameters, List<String> problems) {
    List<String> offered =
        parameters.data().stream().map(row -> TaskJson.text(row, "keyword")).toList();
    List<String> found = QueryCheck.problems(filter, offered);
    found.forEach(problem -> problems.add("tasks.tql: " + problem));
    if (found.isEmpty()) {
      Optional<Refusal> refusal =
          api.list(Kind.TASKS, ListQuery.byId("(" + filter.strip() + ")", List.of(), 1)).refusal();
      refusal.ifPresent(why -> problems.add("tasks.tql: the server refuses it: " + why.words()));
    }
  }

  private static List<String> fieldsOf(JsonNode described) {
    List<String> fields = new ArrayList<>();
    WRITABLE.forEach(
        (key, name) -> {
          JsonNode descriptor = described.path(key);
          if (descriptor.isObject()
              && descriptor.path("updatable").asBoolean(true)
              && !descriptor.path("readOnly").asBoolean(false)) {
            fields.add(name.word());
          }
        });
    return fields;
  }

  private static Map<String, FieldName> writable() {
    Map<String, FieldName> fields = new LinkedHashMap<>();
    fields.put("name", FieldName.TITLE);
    fields.put("description", FieldName.DESCRIPTION);
    fields.put("status", FieldName.STATUS);
    fields.put("assignee", FieldName.ASSIGNEE);
    fields.put("dueDate", FieldName.DUE_DATE);
    return fields;
  }
}
