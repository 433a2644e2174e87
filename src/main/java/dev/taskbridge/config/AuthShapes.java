package dev.taskbridge.config;

import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.Kinds;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.SecretShape;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Shape;
import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The keys of each {@code auth:}. */
final class AuthShapes {
  private static final SecretShape SECRET = new SecretShape();
  private static final Key<String> USER =
      Key.required("user", Scalars.text("a user name"), "The account's user name or e-mail.");
  private static final Key<Secret> TOKEN =
      Key.required("token", SECRET, "The token, as the system issued it.");
  private static final Key<Secret> PASSWORD =
      Key.required("password", SECRET, "The account's password.");

  private AuthShapes() {}

  static Shape<Auth> threatConnect() {
    Key<String> accessId =
        Key.required("accessId", Scalars.text("an access ID"), "The API user's access ID.");
    Key<Secret> secretKey = Key.required("secretKey", SECRET, "The API user's secret key.");
    return Kinds.<Auth>of(
            "hmac",
            Section.of(
                List.of(accessId, secretKey),
                (values, at) -> new Auth.Hmac(values.get(accessId), values.get(secretKey))))
        .or("token", bearer());
  }

  static Shape<Auth> jira() {
    return Kinds.<Auth>of(
            "basic",
            Section.of(
                List.of(USER, TOKEN),
                (values, at) -> new Auth.Basic(values.get(USER), values.get(TOKEN))))
        .or("bearer", bearer())
        .or("oauth", clientCredentials());
  }

  static Shape<Auth> serviceNow() {
    return Kinds.<Auth>of("basic", basic()).or("oauth", serviceNowOAuth()).or("apiKey", apiKey());
  }

  static Shape<Auth> other() {
    return Kinds.<Auth>of("basic", basic())
        .or("bearer", bearer())
        .or("oauth", clientCredentials())
        .or("apiKey", apiKey());
  }

  private static Section<Auth.Basic> basic() {
    return Section.of(
        List.of(USER, PASSWORD),
        (values, at) -> new Auth.Basic(values.get(USER), values.get(PASSWORD)));
  }

  private static Section<Auth.Bearer> bearer() {
    return Section.of(List.of(TOKEN), (values, at) -> new Auth.Bearer(values.get(TOKEN)));
  }

  private static Section<Auth.ApiKey> apiKey() {
    Key<Secret> key = Key.required("key", SECRET, "The API key.");
    return Section.of(List.of(key), (values, at) -> new Auth.ApiKey(values.get(key)));
  }

  private static final Key<String> CLIENT_ID =
      Key.required("clientId", Scalars.text("a client ID"), "The OAuth client's id.");
  private static final Key<Secret> CLIENT_SECRET =
      Key.required("clientSecret", SECRET, "The OAuth client's secret.");

  private static Section<Auth.OAuth> clientCredentials() {
    Key<URI> tokenUrl =
        Key.required("tokenUrl", Scalars.url(), "Where tokens are asked for (client credentials).");
    return Section.of(
        List.of(CLIENT_ID, CLIENT_SECRET, tokenUrl),
        (values, at) ->
            new Auth.OAuth(
                values.get(CLIENT_ID),
                values.get(CLIENT_SECRET),
                values.get(tokenUrl),
                Optional.empty()));
  }

  /** ServiceNow's token address is known, and it has the password grant as well. */
  private static Section<Auth.OAuth> serviceNowOAuth() {
    Key<Optional<URI>> tokenUrl =
        Key.optional(
            "tokenUrl",
            Scalars.url(),
            "Where tokens are asked for; left out: `/oauth_token.do` of the system.");
    Key<Optional<String>> user =
        Key.optional(
            "user",
            Scalars.text("a user name"),
            "With `password`: the password grant; without: client credentials.");
    Key<Optional<Secret>> password = Key.optional("password", SECRET, "The password of `user`.");
    return Section.of(
            List.<Key<?>>of(CLIENT_ID, CLIENT_SECRET, tokenUrl, user, password),
            (values, at) ->
                new Auth.OAuth(
                    values.get(CLIENT_ID),
                    values.get(CLIENT_SECRET),
                    values.get(tokenUrl).orElse(URI.create("/oauth_token.do")),
                    values
                        .get(user)
                        .flatMap(name -> values.get(password).map(it -> new Auth.Basic(name, it)))))
        .checked(
            (values, at) -> {
              boolean hasUser = at.child("user").isPresent();
              if (hasUser != at.child("password").isPresent()) {
                at.problem(
                    hasUser ? "user is given without password" : "password is given without user");
              }
            });
  }

  /** The system's own token address for an OAuth that names none. */
  static Auth at(Auth auth, URI system) {
    return auth instanceof Auth.OAuth oauth && !oauth.tokenUrl().isAbsolute()
        ? new Auth.OAuth(
            oauth.clientId(),
            oauth.clientSecret(),
            URI.create(system + oauth.tokenUrl().toString()),
            oauth.account())
        : auth;
  }
}
