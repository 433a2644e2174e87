package dev.taskbridge.config;

import dev.taskbridge.config.SystemConfig.Transport;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.Kinds;
import dev.taskbridge.config.shape.MapOf;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.SecretShape;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Shape;
import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code threatconnect:} and of each of {@code systems:}. */
final class SystemShapes {
  /** The name under which routes reach the tasks. */
  private static final String RESERVED_NAME = "threatconnect";

  static final String CUSTOM_FIELD = "customfield_\\d+";

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Queries run up to a limit of the server's own before it gives them up. */
  private static final Duration THREATCONNECT_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration DEFAULT_SEARCH_LAG = Duration.ofSeconds(60);

  /**
   * ServiceNow gives up by itself after 60 s (documented); whoever gives up sooner does not hear
   * what became of a write.
   */
  private static final Duration DEFAULT_SERVICENOW_TIMEOUT = Duration.ofSeconds(90);

  private static final Key<Duration> TIMEOUT = timeout(DEFAULT_TIMEOUT);
  private static final Key<Duration> SEARCH_LAG =
      Key.or(
          "searchLag",
          Scalars.duration(Duration.ZERO),
          DEFAULT_SEARCH_LAG,
          Scalars.shown(DEFAULT_SEARCH_LAG),
          "How long a fresh ticket may stay unfindable by search; until then \"not found\" is not"
              + " believed.");
  private static final Key<Optional<Secret>> WEBHOOK_SECRET =
      Key.optional(
          "webhookSecret",
          new SecretShape(),
          "What signs the webhooks of `/hooks/<system>`; without it they are refused.");

  private SystemShapes() {}

  private static Key<Duration> timeout(Duration byDefault) {
    return Key.or(
        "timeout",
        Scalars.duration(Duration.ofMillis(100)),
        byDefault,
        Scalars.shown(byDefault),
        "How long one answer may take.");
  }

  static Section<ThreatConnectConfig> threatConnect() {
    Key<URI> url =
        Key.required(
            "url",
            Scalars.url(),
            "The API's address, such as `https://app.threatconnect.com/api`.");
    Key<Auth> auth = Key.required("auth", AuthShapes.threatConnect(), "The API user.");
    Key<Optional<String>> owner =
        Key.optional("owner", Scalars.text("an owner's name"), "The owner whose tasks are meant.");
    Key<Duration> timeout = timeout(THREATCONNECT_TIMEOUT);
    return Section.of(
        List.of(url, auth, owner, timeout),
        (values, at) ->
            new ThreatConnectConfig(
                values.get(url), values.get(auth), values.get(owner), values.get(timeout)));
  }

  /**
   * @param otherKinds the further files under {@code routes/systems/}, without {@code .yaml}
   */
  static Shape<Map<String, SystemConfig>> all(Set<String> otherKinds) {
    Kinds<SystemConfig> kinds =
        Kinds.<SystemConfig>of(SystemConfig.Jira.KIND, jira())
            .or(SystemConfig.ServiceNow.KIND, serviceNow());
    for (String kind : otherKinds.stream().sorted().toList()) {
      kinds = kinds.or(kind, other(kind));
    }
    return MapOf.named("system", kinds);
  }

  private static Section<SystemConfig.Jira> jira() {
    Key<URI> url =
        Key.required(
            "url", Scalars.url(), "Jira's address, such as `https://example.atlassian.net`.");
    Key<Auth> auth = Key.required("auth", AuthShapes.jira(), "The account to work with.");
    Key<Optional<String>> idempotencyField =
        Key.optional(
            "idempotencyField",
            Scalars.matching("a custom field such as customfield_10050", CUSTOM_FIELD),
            "A text field that holds each ticket's key; left out: a label does.");
    Key<Optional<SystemConfig.Jira.Audience>> internalTo =
        Key.optional(
            "internalTo",
            audience(),
            "Who may read internal comments: `{ role: … }` or `{ group: … }`; left out: the first of"
                + " the roles Developers, Service Desk Team, Members, Member, Administrators that the"
                + " project has.");
    return Section.of(
            List.of(url, auth, SEARCH_LAG, TIMEOUT, WEBHOOK_SECRET, idempotencyField, internalTo),
            (values, at) ->
                new SystemConfig.Jira(
                    at.name(),
                    values.get(url),
                    values.get(auth),
                    values.get(SEARCH_LAG),
                    values.get(TIMEOUT),
                    values.get(WEBHOOK_SECRET),
                    values.get(idempotencyField),
                    values.get(internalTo)))
        .checked((values, at) -> checkName(at));
  }

  private static Section<SystemConfig.Jira.Audience> audience() {
    Key<Optional<String>> role =
        Key.optional("role", Scalars.text("a role's name"), "A role of the project.");
    Key<Optional<String>> group =
        Key.optional("group", Scalars.text("a group's name"), "A group of users.");
    return Section.of(
            List.<Key<?>>of(role, group),
            (values, at) -> new SystemConfig.Jira.Audience(values.get(role), values.get(group)))
        .checked(
            (values, at) -> {
              if (at.child("role").isPresent() == at.child("group").isPresent()) {
                at.problem("give either role or group");
              }
            });
  }

  private static Section<SystemConfig.ServiceNow> serviceNow() {
    Key<URI> url =
        Key.required(
            "url",
            Scalars.url(),
            "The instance's address, such as `https://example.service-now.com`.");
    Key<Auth> auth = Key.required("auth", AuthShapes.serviceNow(), "The account to work with.");
    Key<Transport> transport =
        Key.or(
            "transport",
            Words.choice(Transport.COMPONENT, Transport.HTTP),
            Transport.COMPONENT,
            Words.of(Transport.COMPONENT),
            "What carries record operations: Camel's ServiceNow component, or plain HTTP.");
    Key<Boolean> batch =
        Key.or("batch", Scalars.flag(), true, "true", "Whether the Batch API may be used.");
    Key<Duration> timeout = timeout(DEFAULT_SERVICENOW_TIMEOUT);
    return Section.of(
            List.of(url, auth, SEARCH_LAG, timeout, WEBHOOK_SECRET, transport, batch),
            (values, at) ->
                new SystemConfig.ServiceNow(
                    at.name(),
                    values.get(url),
                    AuthShapes.at(values.get(auth), values.get(url)),
                    values.get(SEARCH_LAG),
                    values.get(timeout),
                    values.get(WEBHOOK_SECRET),
                    values.get(transport),
                    values.get(batch)))
        .checked((values, at) -> checkName(at));
  }

  private static Section<SystemConfig.Other> other(String kind) {
    Key<URI> url = Key.required("url", Scalars.url(), "The system's address.");
    Key<Auth> auth = Key.required("auth", AuthShapes.other(), "The account to work with.");
    Key<Map<String, String>> settings =
        Key.or(
            "settings",
            MapOf.of("setting", Scalars.word("a word or a number")),
            Map.of(),
            "none",
            "Whatever the routes of this kind ask for.");
    return Section.of(
            List.of(url, auth, SEARCH_LAG, TIMEOUT, WEBHOOK_SECRET, settings),
            (values, at) ->
                new SystemConfig.Other(
                    at.name(),
                    kind,
                    values.get(url),
                    values.get(auth),
                    values.get(SEARCH_LAG),
                    values.get(TIMEOUT),
                    values.get(WEBHOOK_SECRET),
                    values.get(settings)))
        .checked((values, at) -> checkName(at));
  }

  private static void checkName(Reading at) {
    if (at.name().equalsIgnoreCase(RESERVED_NAME)) {
      at.problem("a system cannot be called " + RESERVED_NAME + "; that is where the tasks are");
    }
  }
}
