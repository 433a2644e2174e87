package dev.taskbridge.cli;

import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.adapter.http.HttpSettings;
import dev.taskbridge.adapter.threatconnect.ThreatConnectSettings;
import dev.taskbridge.config.Auth;
import dev.taskbridge.config.SystemConfig;
import dev.taskbridge.config.ThreatConnectConfig;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;

/** Opens the way to configured systems, in a context that has {@code routes/http.yaml}. */
public final class Connections {
  /** The name under which ThreatConnect is reached. */
  public static final String THREATCONNECT = "threatconnect";

  /** What every product answers connections in; longer is a network that drops packets. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private Connections() {}

  /** Opens the way to ThreatConnect. */
  public static CamelHttp open(
      CamelContext camel, ThreatConnectConfig config, Clock clock, HttpObserver observer) {
    Credentials credentials =
        config
            .auth()
            .match(
                new Ticketing() {
                  @Override
                  public Credentials bearer(Auth.Bearer bearer) {
                    return Credentials.threatConnectToken(bearer.token());
                  }
                });
    return CamelHttp.connect(
        camel,
        HttpSettings.of(THREATCONNECT, config.url(), credentials)
            .withTimeouts(CONNECT, config.timeout()),
        clock,
        observer);
  }

  /** Opens the way to a ticketing system. */
  public static CamelHttp open(
      CamelContext camel, SystemConfig config, Clock clock, HttpObserver observer) {
    return CamelHttp.connect(
        camel,
        HttpSettings.of(config.name(), config.url(), config.auth().match(new Ticketing()))
            .withTimeouts(CONNECT, config.timeout()),
        clock,
        observer);
  }

  /** What the ThreatConnect adapter wants to know. */
  public static ThreatConnectSettings settings(ThreatConnectConfig config, Clock clock) {
    String account =
        config.auth() instanceof Auth.Hmac hmac ? "access id " + hmac.accessId() : "API token";
    return new ThreatConnectSettings(config.url(), config.owner(), account, clock);
  }

  /** How each kind of {@code auth:} goes over the wire. */
  private static class Ticketing implements Auth.Cases<Credentials> {
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
    public Credentials apiKey(Auth.ApiKey key) {
      return Credentials.apiKey("x-sn-apikey", key.key());
    }
  }
}
