package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.hc.core5.http.HttpRequest;

/** Puts credentials on requests as they leave; once for each try, so that none is stale. */
interface Authorizer {

  /**
   * Adds the headers.
   *
   * @param request complete but for the credentials: its target is what goes over the wire
   * @throws NotSent if there is no token to be had
   */
  void authorize(HttpRequest request) throws IOException;

  /** A 401 came; true if sending the same request once more at once may help. */
  boolean mayRecover();

  /** What is to be struck out of texts that are shown. */
  List<Secret> secrets();

  static Authorizer of(Credentials credentials, Clock clock, TokenClient tokens) {
    return credentials.match(
        anonymous -> new Anonymous(),
        hmac -> new Signing(hmac, clock),
        Constant::new,
        oauth -> new OAuthTokens(oauth, clock, tokens));
  }

  /** Nothing to add. */
  final class Anonymous implements Authorizer {
    @Override
    public void authorize(HttpRequest request) {}

    @Override
    public boolean mayRecover() {
      return false;
    }

    @Override
    public List<Secret> secrets() {
      return List.of();
    }
  }

  /** ThreatConnect's signature, with a new time stamp in each try. */
  record Signing(Credentials.Hmac credentials, Clock clock) implements Authorizer {
    @Override
    public void authorize(HttpRequest request) {
      Instant now = clock.instant();
      request.setHeader("Timestamp", HmacSignature.timestamp(now));
      request.setHeader(
          "Authorization",
          HmacSignature.of(
              credentials.accessId(),
              credentials.secretKey(),
              request.getMethod(),
              request.getPath(),
              now));
    }

    @Override
    public boolean mayRecover() {
      return true;
    }

    @Override
    public List<Secret> secrets() {
      return credentials.secrets();
    }
  }

  /** The same header every time. */
  record Constant(Credentials.StaticHeader header) implements Authorizer {
    @Override
    public void authorize(HttpRequest request) {
      request.setHeader(header.name(), header.value().reveal());
    }

    @Override
    public boolean mayRecover() {
      return header.onceMoreAfter401();
    }

    @Override
    public List<Secret> secrets() {
      return header.secrets();
    }
  }
}
