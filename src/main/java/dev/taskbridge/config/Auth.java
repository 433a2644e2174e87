package dev.taskbridge.config;

import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How we say who we are. */
public sealed interface Auth {
  /** A new case fails to compile wherever it is not handled. */
  <R> R match(Cases<R> cases);

  /** What must appear nowhere. */
  List<Secret> secrets();

  /** One method a case. */
  interface Cases<R> {
    R hmac(Hmac hmac);

    R basic(Basic basic);

    R bearer(Bearer bearer);

    R oauth(OAuth oauth);

    R apiKey(ApiKey apiKey);
  }

  /** ThreatConnect's signature over each request. */
  record Hmac(String accessId, Secret secretKey) implements Auth {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hmac(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of(secretKey);
    }
  }

  /**
   * HTTP Basic.
   *
   * @param password Jira's API token, or ServiceNow's password
   */
  record Basic(String user, Secret password) implements Auth {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.basic(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of(password);
    }
  }

  /** A token that is sent as it is: ThreatConnect's API token, Jira's personal access token. */
  record Bearer(Secret token) implements Auth {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.bearer(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of(token);
    }
  }

  /**
   * OAuth 2: client credentials, or a password grant if there is an account.
   *
   * @param account ServiceNow only
   */
  record OAuth(String clientId, Secret clientSecret, URI tokenUrl, Optional<Basic> account)
      implements Auth {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.oauth(this);
    }

    @Override
    public List<Secret> secrets() {
      List<Secret> secrets = new ArrayList<>(List.of(clientSecret));
      account.ifPresent(basic -> secrets.addAll(basic.secrets()));
      return List.copyOf(secrets);
    }
  }

  /** A key in a header of its own: ServiceNow's {@code x-sn-apikey}. */
  record ApiKey(Secret key) implements Auth {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.apiKey(this);
    }

    @Override
    public List<Secret> secrets() {
      return List.of(key);
    }
  }
}
