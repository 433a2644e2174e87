package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Where bearer tokens come from. Cloud's live on other hosts in reality; here they share the
 * simulator's.
 */
final class TokenEndpoints {
  private final Site site;
  private final Login login;
  private final Supplier<String> origin;
  private final Set<String> refreshTokens = new HashSet<>();

  TokenEndpoints(Site site, Login login, Supplier<String> origin) {
    this.site = site;
    this.login = login;
    this.origin = origin;
  }

  /** Client credentials, an authorization code (any), or a refresh token, which works once. */
  Reply token(Call call) {
    JsonObject request = request(call);
    String grant = request.getString("grant_type", "");
    if (!login.isClient(
        request.getString("client_id", ""), request.getString("client_secret", ""))) {
      throw refused(401, "invalid_client");
    }
    JsonObject token = login.issueBearer();
    switch (grant) {
      case "client_credentials" -> {}
      case "authorization_code" -> token.put("refresh_token", newRefreshToken());
      case "refresh_token" -> {
        if (!refreshTokens.remove(request.getString("refresh_token", ""))) {
          throw refused(403, "invalid_grant");
        }
        token.put("refresh_token", newRefreshToken());
      }
      default -> throw refused(400, "unsupported_grant_type");
    }
    return Reply.json(200, token);
  }

  Reply tenantInfo(Call call) {
    return Reply.json(200, new JsonObject().put("cloudId", Login.CLOUD_ID));
  }

  Reply accessibleResources(Call call) {
    if (login.user(call, true).isEmpty()) {
      throw refused(401, "unauthorized");
    }
    return Reply.json(
        200,
        new JsonArray()
            .add(
                new JsonObject()
                    .put("id", Login.CLOUD_ID)
                    .put("url", origin.get())
                    .put("name", "simulated")
                    .put("scopes", new JsonArray().add("read:jira-work").add("write:jira-work"))));
  }

  /** Data Center's cookie login, asked by clients only to learn who they are. */
  Reply session(Call call) {
    boolean gone = !site.cloud() && site.switches().text(Switch.DC_VERSION).startsWith("11.");
    if (gone) {
      throw refused(404, "not_found");
    }
    User user = login.user(call, false).orElseThrow(() -> refused(401, "unauthorized"));
    return Reply.json(
        200,
        new JsonObject()
            .put(
                "self",
                origin.get()
                    + "/rest/api/latest/user?"
                    + (site.cloud() ? "accountId=" + user.accountId() : "username=" + user.name()))
            .put("name", site.cloud() ? user.email() : user.name()));
  }

  private String newRefreshToken() {
    String token = "sim-refresh-" + UUID.randomUUID();
    refreshTokens.add(token);
    return token;
  }

  private static JsonObject request(Call call) {
    if (call.header("Content-Type").orElse("").startsWith("application/json")) {
      try {
        return call.json().map(JsonObject.class::cast).orElseGet(JsonObject::new);
      } catch (DecodeException | ClassCastException e) {
        throw refused(400, "invalid_request");
      }
    }
    JsonObject form = new JsonObject();
    for (String pair : call.text().split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static ReplyException refused(int status, String error) {
    return new ReplyException(Reply.json(status, new JsonObject().put("error", error)));
  }
}
