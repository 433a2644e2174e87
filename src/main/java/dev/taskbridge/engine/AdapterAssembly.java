package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.adapter.http.HttpSettings;
import dev.taskbridge.adapter.jira.JiraSettings;
import dev.taskbridge.adapter.jira.JiraSettings.Audience;
import dev.taskbridge.adapter.jira.JiraSystem;
import dev.taskbridge.adapter.servicenow.ServiceNowSettings;
import dev.taskbridge.adapter.servicenow.ServiceNowSystem;
import dev.taskbridge.adapter.threatconnect.ThreatConnectSettings;
import dev.taskbridge.adapter.threatconnect.ThreatConnectSource;
import dev.taskbridge.config.Auth;
import dev.taskbridge.config.SystemConfig;
import dev.taskbridge.config.SystemConfig.Jira;
import dev.taskbridge.config.SystemConfig.ServiceNow;
import dev.taskbridge.config.SystemConfig.Transport;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.ThreatConnectConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Makes the adapters of one configuration and the routes that lead to them. */
public final class AdapterAssembly {
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final Clock clock;
  private final HttpObserver observer;
  private final Map<String, CamelHttp> ways = new LinkedHashMap<>();

  AdapterAssembly(Clock clock, HttpObserver observer) {
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Opens the way to ThreatConnect alone, in a context that has {@code routes/http.yaml}; the
   * caller closes it.
   */
  public static CamelHttp openThreatConnect(
      CamelContext camel, ThreatConnectConfig config, Clock clock) {
    return new AdapterAssembly(clock, HttpObserver.NONE).threatConnect(camel, config);
  }

  private CamelHttp threatConnect(CamelContext camel, ThreatConnectConfig config) {
    return open(
        camel,
        Systems.THREATCONNECT,
        config.url(),
        threatConnectCredentials(config.auth()),
        config.timeout());
  }

  /** Opens the way to ThreatConnect and every configured system. */
  void connectAll(CamelContext camel, RouteFiles routes, TaskbridgeConfig config) {
    connect(camel, routes, config.threatConnect());
    config.systems().values().forEach(system -> connect(camel, routes, system));
  }

  /**
   * Opens the way to what is new or different in {@code changed}, and closes it to what is gone.
   *
   * @return the names of all of these
   */
  List<String> connectChanged(
      CamelContext camel, RouteFiles routes, TaskbridgeConfig before, TaskbridgeConfig changed) {
    List<String> different = new ArrayList<>();
    if (!changed.threatConnect().equals(before.threatConnect())) {
      connect(camel, routes, changed.threatConnect());
      different.add(Systems.THREATCONNECT);
    }
    for (SystemConfig system : changed.systems().values()) {
      if (!system.equals(before.systems().get(system.name()))) {
        // Another kind or transport has routes of its own.
        routes.removeSystem(system.name());
        connect(camel, routes, system);
        different.add(system.name());
      }
    }
    for (String name : before.systems().keySet()) {
      if (!changed.systems().containsKey(name)) {
        routes.removeSystem(name);
        CamelHttp way = ways.remove(name);
        if (way != null) {
          way.close();
        }
        camel.getRegistry().unbind(name);
        different.add(name);
      }
    }
    return different;
  }

  private void connect(CamelContext camel, RouteFiles routes, ThreatConnectConfig threatConnect) {
    CamelHttp http = threatConnect(camel, threatConnect);
    bind(
        camel,
        routes,
        Systems.THREATCONNECT,
        Systems.THREATCONNECT,
        new ThreatConnectSource(
            http,
            new ThreatConnectSettings(
                threatConnect.url(), threatConnect.owner(), account(threatConnect.auth()), clock)));
  }

  private void connect(CamelContext camel, RouteFiles routes, SystemConfig system) {
    system.match(
        jira -> bind(camel, routes, jira.kind(), jira.name(), jira(camel, jira)),
        serviceNow ->
            bind(
                camel,
                routes,
                serviceNow.transport() == Transport.COMPONENT ? "servicenow" : "servicenow-http",
                serviceNow.name(),
                serviceNow(camel, serviceNow)),
        other -> {
          open(camel, other.name(), other.url(), credentials(other.auth()), other.timeout());
          return routes.makeSystem(other.kind(), other.name());
        });
  }

  /** Closes the ways to all systems. */
  void close() {
    ways.values().forEach(CamelHttp::close);
    ways.clear();
  }

  private Object bind(
      CamelContext camel, RouteFiles routes, String kind, String system, Object adapter) {
    camel.getRegistry().bind(system, adapter);
    return routes.makeSystem(kind, system);
  }

  private TicketSystem jira(CamelContext camel, Jira jira) {
    CamelHttp http = open(camel, jira.name(), jira.url(), credentials(jira.auth()), jira.timeout());
    JiraSettings settings =
        JiraSettings.of(jira.name(), jira.url().toString(), jira.searchLag())
            .withLikelyCloud(looksLikeCloud(jira));
    settings = jira.idempotencyField().map(settings::withKeyField).orElse(settings);
    settings =
        jira.internalTo()
            .map(AdapterAssembly::audience)
            .map(settings::withInternalTo)
            .orElse(settings);
    return new JiraSystem(http, settings, clock);
  }

  /** By its address or the gateway's, or by an account that is an e-mail address as Cloud's are. */
  private static boolean looksLikeCloud(Jira jira) {
    return String.valueOf(jira.url().getHost()).endsWith(".atlassian.net")
        || String.valueOf(jira.url().getPath()).startsWith("/ex/jira/")
        || account(jira.auth()).contains("@");
  }

  private static Audience audience(Jira.Audience configured) {
    return configured
        .role()
        .map(role -> new Audience(Audience.Kind.ROLE, role))
        .orElseGet(() -> new Audience(Audience.Kind.GROUP, configured.group().orElseThrow()));
  }

  private TicketSystem serviceNow(CamelContext camel, ServiceNow system) {
    CamelHttp http =
        open(camel, system.name(), system.url(), credentials(system.auth()), system.timeout());
    ServiceNowSettings settings =
        ServiceNowSettings.of(system.name(), system.url(), account(system.auth()))
            .withTimeout(system.timeout());
    if (!system.batch()) {
      settings = settings.withBatch(1);
    }
    return system.transport() == Transport.COMPONENT
        ? ServiceNowSystem.overComponent(settings, camel, http, clock)
        : ServiceNowSystem.overHttp(settings, http, clock);
  }

  private CamelHttp open(
      CamelContext camel, String system, URI url, Credentials credentials, Duration timeout) {
    CamelHttp http =
        CamelHttp.connect(
            camel,
            HttpSettings.of(system, url, credentials).withTimeouts(CONNECTING, timeout),
            clock,
            observer);
    ways.put(system, http);
    return http;
  }

  private static Credentials threatConnectCredentials(Auth auth) {
    return auth instanceof Auth.Bearer bearer
        ? Credentials.threatConnectToken(bearer.token())
        : credentials(auth);
  }

  private static Credentials credentials(Auth auth) {
    return auth.match(
        new Auth.Cases<>() {
          @Override
          public Credentials hmac(Auth.Hmac hmac) {
            return Credentials.hmac(hmac.accessId(), hmac.secretKey());
          }

          @Override
          public Credentials basic(Auth.Basic basic) {
            return Credentials.basic(basic.user(), basic.password());
          }

          @Override
          public Credentials bearer(Auth.Bearer bearer) {
            return Credentials.bearer(bearer.token());
          }

          @Override
          public Credentials oauth(Auth.OAuth oauth) {
            return oauth
                .account()
                .map(
                    account ->
                        Credentials.passwordGrant(
                            oauth.tokenUrl(),
                            oauth.clientId(),
                            oauth.clientSecret(),
                            account.user(),
                            account.password()))
                .orElseGet(
                    () ->
                        Credentials.clientCredentials(
                            oauth.tokenUrl(), oauth.clientId(), oauth.clientSecret()));
          }

          @Override
          public Credentials apiKey(Auth.ApiKey apiKey) {
            return Credentials.apiKey("x-sn-apikey", apiKey.key());
          }
        });
  }

  /** Whom the credentials belong to, as people would say it. */
  private static String account(Auth auth) {
    return auth.match(
        new Auth.Cases<>() {
          @Override
          public String hmac(Auth.Hmac hmac) {
            return hmac.accessId();
          }

          @Override
          public String basic(Auth.Basic basic) {
            return basic.user();
          }

          @Override
          public String bearer(Auth.Bearer bearer) {
            return "the holder of the token";
          }

          @Override
          public String oauth(Auth.OAuth oauth) {
            return oauth.account().map(Auth.Basic::user).orElse(oauth.clientId());
          }

          @Override
          public String apiKey(Auth.ApiKey apiKey) {
            return "the holder of the API key";
          }
        });
  }
}
