package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns an assignee into what a write of it carries, by looking the name up. Thread-safe. */
final class People {
  private static final String NONE = "None";

  private final ThreatConnectApi api;
  private final Remembered<String, JsonNode> users;
  private final Remembered<String, JsonNode> groups;

  People(ThreatConnectApi api, Clock clock) {
    this.api = api;
    this.users = new Remembered<>(clock, Duration.ofMinutes(30), Duration.ofMinutes(1));
    this.groups = new Remembered<>(clock, Duration.ofMinutes(30), Duration.ofMinutes(1));
  }

  /** The JSON of {@code assignee}; {@code Rejected} if nobody is called that. */
  Outcome<JsonNode> written(FieldValue assignee) {
    if (assignee instanceof FieldValue.User user) {
      return user(user.id().isEmpty() ? user.email() : user.id());
    }
    if (assignee instanceof FieldValue.Group group) {
      return group(group.name());
    }
    if (assignee.equals(FieldValue.ABSENT)) {
      return Outcome.done(Envelope.JSON.createObjectNode().put("type", NONE));
    }
    return rejected("\"" + assignee.shown() + "\" is neither a user nor a group");
  }

  private Outcome<JsonNode> user(String name) {
    // User names are often e-mail addresses, and those are written in any case.
    Set<String> spellings = new LinkedHashSet<>(List.of(name, name.toLowerCase(Locale.ROOT)));
    Outcome<Optional<JsonNode>> found =
        users.get(name, () -> find(Kind.USERS, "userName", spellings, name));
    return found.match(
        user ->
            user.map(row -> usable(row, name))
                .orElseGet(() -> rejected("ThreatConnect shows no user called \"" + name + "\"")),
        // The server itself decides where we may not look.
        refusal ->
            refusal instanceof Refusal.Denied || refusal instanceof Refusal.Rejected
                ? Outcome.done(named("User", "userName", name))
                : Outcome.refused(refusal));
  }

  private static Outcome<JsonNode> usable(JsonNode user, String name) {
    for (String state : List.of("disabled", "locked")) {
      if (user.path(state).asBoolean(false)) {
        return rejected("ThreatConnect user \"" + name + "\" is " + state);
      }
    }
    return Outcome.done(named("User", "userName", TaskJson.text(user, "userName")));
  }

  private Outcome<JsonNode> group(String name) {
    Outcome<Optional<JsonNode>> found =
        groups.get(name, () -> find(Kind.USER_GROUPS, "name", Set.of(name), name));
    return found.match(
        group ->
            group
                .<Outcome<JsonNode>>map(row -> Outcome.done(named("Group", "name", name)))
                .orElseGet(() -> rejected("ThreatConnect shows no group called \"" + name + "\"")),
        refusal ->
            refusal instanceof Refusal.Denied || refusal instanceof Refusal.Rejected
                ? Outcome.done(named("Group", "name", name))
                : Outcome.refused(refusal));
  }

  private Outcome<Optional<JsonNode>> find(
      Kind kind, String parameter, Set<String> spellings, String name) {
    String tql =
        Tql.print(
            spellings.size() == 1
                ? TqlBuilder.is(parameter, name)
                : TqlBuilder.oneOf(parameter, spellings));
    return api.list(kind, new ListQuery(tql, List.of(), "", 0, 10, false))
        .map(
            page ->
                page.data().stream()
                    .filter(row -> TaskJson.text(row, parameter).equalsIgnoreCase(name))
                    .findFirst());
  }

  private static JsonNode named(String type, String key, String name) {
    ObjectNode assignee = Envelope.JSON.createObjectNode().put("type", type);
    assignee.putObject("data").put(key, name);
    return assignee;
  }

  private static Outcome<JsonNode> rejected(String words) {
    return Outcome.refused(new Refusal.Rejected(Optional.of(FieldName.ASSIGNEE), words));
  }
}
