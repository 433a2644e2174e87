package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jira's users, looked up by e-mail when first needed and remembered for a while. Cloud may hide
 * e-mail addresses; those that were seen once are filled in afterwards.
 */
final class People {
  private static final Duration LIFE = Duration.ofMinutes(30);

  /** Short: somebody who was just hired should not have to wait for long. */
  private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(2);

  private static final int MOST_REMEMBERED = 20_000;

  private final JiraClient client;
  private final LookupCache<String, Account> own;
  private final LookupCache<Asked, User> found;
  private final LookupCache<Asked, Refusal> unknown;
  private final Map<String, String> emails = new ConcurrentHashMap<>();

  People(JiraClient client, Clock clock) {
    this.client = client;
    this.own = new LookupCache<>(clock, LIFE);
    this.found = new LookupCache<>(clock, LIFE);
    this.unknown = new LookupCache<>(clock, UNKNOWN_LIFE);
  }

  /**
   * Whom the credentials belong to.
   *
   * @param id account id or name
   * @param zone the zone that dates in queries are read in; empty if Jira does not say
   */
  record Account(String id, String email, String displayName, String zone, boolean active) {
    String shown() {
      return email.isEmpty() ? displayName : email;
    }
  }

  private record Asked(String project, String email) {}

  /**
   * Our own account, from an answer that is no older than {@code age}: the proof that the
   * credentials are alive, since other resources answer anonymous visitors too.
   */
  Outcome<Account> myself(Flavour flavour, Duration age) {
    return own.get(
        "myself",
        age,
        () ->
            client
                .read(Http.Request.get("myself", flavour.api() + "/myself"))
                .map(
                    me ->
                        new Account(
                            Json.text(me, flavour.userId()),
                            Json.text(me, "emailAddress"),
                            Json.text(me, "displayName"),
                            Json.text(me, "timeZone"),
                            me.path("active").asBoolean(true))));
  }

  /** Our own account's id, if it is known already. */
  Optional<String> ownId() {
    return own.peek("myself").map(Account::id);
  }

  /**
   * The person to be written into a field.
   *
   * @param project restricts to people who can be assigned there; empty asks for anybody
   * @return a refusal of {@code field} that names the person if there is no such user
   */
  Outcome<User> named(Flavour flavour, FieldName field, User wanted, String project) {
    if (!wanted.id().isEmpty()) {
      return Outcome.done(wanted);
    }
    String email = wanted.email().strip().toLowerCase(Locale.ROOT);
    Asked asked = new Asked(project, email);
    Optional<Refusal> refused = unknown.peek(asked);
    if (refused.isPresent()) {
      return Outcome.refused(refused.get());
    }
    Outcome<User> answer =
        found.get(
            asked,
            () ->
                client
                    .read(
                        project.isEmpty()
                            ? flavour.people(email)
                            : flavour.assignable(project, email))
                    .then(rows -> choose(flavour, field, rows, email, project)));
    answer
        .refusal()
        .filter(Refusal.Rejected.class::isInstance)
        .ifPresent(why -> unknown.put(asked, why));
    return answer;
  }

  private Outcome<User> choose(
      Flavour flavour, FieldName field, JsonNode rows, String email, String project) {
    List<User> exact = new ArrayList<>();
    List<User> hidden = new ArrayList<>();
    for (JsonNode row : rows) {
      User user = read(flavour, row);
      if (user.hasEmail(email)) {
        exact.add(user);
      } else if (Json.text(row, "emailAddress").isEmpty()) {
        hidden.add(user);
      }
    }
    // Matching is by prefix of several fields, so without an address one hit alone is trusted.
    List<User> candidates = !exact.isEmpty() ? exact : hidden;
    if (candidates.size() == 1 && !candidates.get(0).id().isEmpty()) {
      User user = candidates.get(0);
      remember(user.id(), email);
      return Outcome.done(new User(user.id(), email, user.name()));
    }
    String where = project.isEmpty() ? "" : " who can be assigned in project " + project;
    return Outcome.refused(
        new Refusal.Rejected(
            Optional.of(field),
            candidates.isEmpty()
                ? "Jira shows no user with the e-mail "
                    + email
                    + where
                    + "; map the person in fields.assignee.users, or let the account browse users"
                : "Jira shows "
                    + candidates.size()
                    + " users for the e-mail "
                    + email
                    + where
                    + "; map the person to one account"));
  }

  /** A user object as a value, its e-mail filled in where it was seen before. */
  User read(Flavour flavour, JsonNode user) {
    String id = Json.text(user, flavour.userId());
    String shown = Json.text(user, "emailAddress");
    if (!shown.isEmpty()) {
      remember(id, shown);
    }
    String email = shown.isEmpty() ? emails.getOrDefault(id, "") : shown;
    return new User(id, email, Json.text(user, "displayName"));
  }

  private void remember(String id, String email) {
    if (emails.size() >= MOST_REMEMBERED) {
      emails.clear();
    }
    emails.put(id, email);
  }
}
