package dev.taskbridge.config;

import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One instance of a ticketing product. */
public sealed interface SystemConfig {
  /** As configured; unique, fit for routes and metrics, never {@code threatconnect}. */
  String name();

  /** The file {@code routes/systems/<kind>.yaml}. */
  String kind();

  /** Without a slash at its end. */
  URI url();

  Auth auth();

  /** How long a fresh ticket may stay unfindable by search; default 60 s. */
  Duration searchLag();

  /** How long one answer may take; default 30 s, for ServiceNow 90 s. */
  Duration timeout();

  /** What signs the webhooks of {@code /hooks/<name>}; without one they are refused. */
  Optional<Secret> webhookSecret();

  /** A new case fails to compile wherever it is not handled. */
  <R> R match(Function<Jira, R> jira, Function<ServiceNow, R> serviceNow, Function<Other, R> other);

  /**
   * Jira Cloud or Data Center; which one is asked of the server.
   *
   * @param auth {@link Auth.Basic}, {@link Auth.Bearer} or {@link Auth.OAuth}
   * @param idempotencyField the id of a text field that holds the key; empty for a label
   * @param internalTo who may read internal comments; empty for those who work in the project
   */
  record Jira(
      String name,
      URI url,
      Auth auth,
      Duration searchLag,
      Duration timeout,
      Optional<Secret> webhookSecret,
      Optional<String> idempotencyField,
      Optional<Audience> internalTo)
      implements SystemConfig {
    public static final String KIND = "jira";

    /** Exactly one of the two is there. */
    public record Audience(Optional<String> role, Optional<String> group) {}

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public <R> R match(
        Function<Jira, R> jira, Function<ServiceNow, R> serviceNow, Function<Other, R> other) {
      return jira.apply(this);
    }
  }

  /**
   * ServiceNow.
   *
   * @param auth {@link Auth.Basic}, {@link Auth.OAuth} or {@link Auth.ApiKey}
   * @param transport what carries record operations; default {@link Transport#COMPONENT}
   * @param batch whether the Batch API may be used; default true
   */
  record ServiceNow(
      String name,
      URI url,
      Auth auth,
      Duration searchLag,
      Duration timeout,
      Optional<Secret> webhookSecret,
      Transport transport,
      boolean batch)
      implements SystemConfig {
    public static final String KIND = "servicenow";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public <R> R match(
        Function<Jira, R> jira, Function<ServiceNow, R> serviceNow, Function<Other, R> other) {
      return serviceNow.apply(this);
    }
  }

  /** What carries ServiceNow's record operations. */
  enum Transport {
    /** Camel's ServiceNow component. */
    COMPONENT,
    /** Plain HTTP throughout. */
    HTTP
  }

  /**
   * A product that somebody added as a file under {@code routes/systems/}.
   *
   * @param auth {@link Auth.Basic}, {@link Auth.Bearer}, {@link Auth.OAuth} or {@link Auth.ApiKey}
   * @param settings whatever its routes ask for
   */
  record Other(
      String name,
      String kind,
      URI url,
      Auth auth,
      Duration searchLag,
      Duration timeout,
      Optional<Secret> webhookSecret,
      Map<String, String> settings)
      implements SystemConfig {
    public Other {
      settings = Map.copyOf(settings);
    }

    @Override
    public <R> R match(
        Function<Jira, R> jira, Function<ServiceNow, R> serviceNow, Function<Other, R> other) {
      return other.apply(this);
    }
  }
}
