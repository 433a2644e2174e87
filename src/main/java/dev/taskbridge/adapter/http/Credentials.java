package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How we say to a system who we are. Secrets never leave through {@code toString}. */
public sealed interface Credentials {

  <R> R match(
      Function<Anonymous, R> anonymous,
      Function<Hmac, R> hmac,
      Function<StaticHeader, R> staticHeader,
      Function<OAuth, R> oauth);

  /** What must never be shown, to be struck out of whatever a system answers. */
  List<Secret> secrets();

  /** No credentials at all. */
  record Anonymous() implements Credentials {
    @Override
    public <R> R match(
        Function<Anonymous, R> anonymous,
        Function<Hmac, R> hmac,
        Function<StaticHeader, R> staticHeader,
        Function<OAuth, R> oauth) {
      return anonymous.apply(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of();
    }
  }

  /** ThreatConnect's access id and secret key: each request is signed. */
  record Hmac(String accessId, Secret secretKey) implements Credentials {
    @Override
    public <R> R match(
        Function<Anonymous, R> anonymous,
        Function<Hmac, R> hmac,
        Function<StaticHeader, R> staticHeader,
        Function<OAuth, R> oauth) {
      return hmac.apply(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of(secretKey);
    }
  }

  /**
   * A header that is the same in every request.
   *
   * @param value all of it, such as {@code Basic dXNlcjpwYXNz}
   * @param secrets the parts of it that must not be shown either, such as the password alone
   * @param onceMoreAfter401 whether a 401 may pass by itself, so that one immediate repeat is worth
   *     it; not for passwords, which lock an account
   */
  record StaticHeader(String name, Secret value, List<Secret> secrets, boolean onceMoreAfter401)
      implements Credentials {
    public StaticHeader {
      secrets = List.copyOf(secrets);
    }

    @Override
    public <R> R match(
        Function<Anonymous, R> anonymous,
        Function<Hmac, R> hmac,
        Function<StaticHeader, R> staticHeader,
        Function<OAuth, R> oauth) {
      return staticHeader.apply(this);
    }
  }

  /**
   * OAuth 2.0: a bearer token that is asked for, kept until shortly before it ends, and renewed
   * once when it is refused.
   *
   * @param tokenUrl such as {@code https://example.service-now.com/oauth_token.do}
   * @param password with whose password; empty for the client credentials grant
   */
  record OAuth(URI tokenUrl, String clientId, Secret clientSecret, Optional<Password> password)
      implements Credentials {

    /** The resource owner's part of the password grant. */
    public record Password(String user, Secret password) {}

    @Override
    public <R> R match(
        Function<Anonymous, R> anonymous,
        Function<Hmac, R> hmac,
        Function<StaticHeader, R> staticHeader,
        Function<OAuth, R> oauth) {
      return oauth.apply(this);
    }

    @Override
    public List<Secret> secrets() {
      return password
          .map(grant -> List.of(clientSecret, grant.password()))
          .orElse(List.of(clientSecret));
    }
  }

  static Credentials anonymous() {
    return new Anonymous();
  }

  static Credentials hmac(String accessId, Secret secretKey) {
    return new Hmac(accessId, secretKey);
  }

  /** ThreatConnect's API token. A 401 during its renewal passes by itself (seen). */
  static Credentials threatConnectToken(Secret token) {
    return new StaticHeader(
        "Authorization", new Secret("TC-Token " + token.reveal()), List.of(token), true);
  }

  static Credentials basic(String user, Secret password) {
    Secret encoded =
        new Secret(
            Base64.getEncoder()
                .encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
    return new StaticHeader(
        "Authorization",
        new Secret("Basic " + encoded.reveal()),
        List.of(password, encoded),
        false);
  }

  static Credentials bearer(Secret token) {
    return new StaticHeader(
        "Authorization", new Secret("Bearer " + token.reveal()), List.of(token), false);
  }

  /** A key in a header of its own, such as ServiceNow's {@code x-sn-apikey}. */
  static Credentials apiKey(String header, Secret key) {
    return new StaticHeader(header, key, List.of(key), false);
  }

  static Credentials clientCredentials(URI tokenUrl, String clientId, Secret clientSecret) {
    return new OAuth(tokenUrl, clientId, clientSecret, Optional.empty());
  }

  static Credentials passwordGrant(
      URI tokenUrl, String clientId, Secret clientSecret, String user, Secret password) {
    return new OAuth(
        tokenUrl, clientId, clientSecret, Optional.of(new OAuth.Password(user, password)));
  }
}
