package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token endpoint and the tokens it gave out. Lives are reckoned by the simulator's clock. */
final class OAuth {
  static final String CLIENT_ID = "simulated-client-id";
  static final String CLIENT_SECRET = "simulated-client-secret";

  private final Instance instance;
  private final Authentication authentication;
  private final Map<String, Token> access = new HashMap<>();
  private final Map<String, Token> refresh = new HashMap<>();
  private long issued;

  private static final class Token {
    final String value;
    final String userName;
    final Instant end;
    int uses;

    Token(String value, String userName, Instant end) {
      this.value = value;
      this.userName = userName;
      this.end = end;
    }
  }

  OAuth(Instance instance, Authentication authentication) {
    this.instance = instance;
    this.authentication = authentication;
  }

  /** Whom a bearer token stands for; null if it is unknown, expired or used up. */
  @Nullable String userOf(String bearer) {
    Token token = access.get(bearer);
    if (token == null || !alive(token)) {
      return null;
    }
    int most = instance.switches.number(Trap.ACCESS_TOKEN_USES);
    return most > 0 && ++token.uses > most ? null : token.userName;
  }

  /** {@code POST /oauth_token.do}. Errors here are strings, unlike everywhere else. */
  Reply token(Call call) {
    String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      return refused("invalid_request", "Content-Type must be application/x-www-form-urlencoded");
    }
    // Parameters in the URL are ignored: glide.oauth.allow.parameters.in.post.body.only
    MultiMap form = ApiRoutes.call("POST", "/?" + call.text(), call.headers(), new byte[0]).query();
    if (!isOurClient(call, form)) {
      return refused("access_denied", "access_denied");
    }
    return switch (parameter(form, "grant_type")) {
      case "password" -> password(form);
      case "refresh_token" -> refresh(form);
      case "client_credentials" -> clientCredentials();
      default -> refused("unsupported_grant_type", "unsupported_grant_type");
    };
  }

  /** In the body, or as a Basic header as Camel's first request has it. */
  private static boolean isOurClient(Call call, MultiMap form) {
    String authorization = call.header("Authorization").orElse("");
    if (form.contains("client_id") || !authorization.startsWith("Basic ")) {
      return parameter(form, "client_id").equals(CLIENT_ID)
          && parameter(form, "client_secret").equals(CLIENT_SECRET);
    }
    byte[] pair = (CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8);
    return authorization.substring(6).strip().equals(Base64.getEncoder().encodeToString(pair));
  }

  private Reply password(MultiMap form) {
    Row user =
        authentication.withPassword(parameter(form, "username"), parameter(form, "password"));
    return user == null
        ? refused("access_denied", "access_denied")
        : granted(accessFor(user.get("user_name")), refreshFor(user.get("user_name")));
  }

  private Reply refresh(MultiMap form) {
    Token old = refresh.get(parameter(form, "refresh_token"));
    if (old == null || !alive(old)) {
      return refused("access_denied", "access_denied");
    }
    access.values().removeIf(token -> token.userName.equals(old.userName));
    Token fresh = accessFor(old.userName);
    if (instance.switches.on(Trap.REFRESH_ROTATES_TOKEN)) {
      refresh.remove(old.value);
      return granted(fresh, refreshFor(old.userName));
    }
    return granted(fresh, instance.switches.on(Trap.REFRESH_REPEATS_TOKEN) ? old : null);
  }

  private Reply clientCredentials() {
    return instance.switches.on(Trap.CLIENT_CREDENTIALS)
        ? granted(accessFor(SmallWorld.SERVICE_USER), null)
        : refused("unsupported_grant_type", "unsupported_grant_type");
  }

  /** The token that is still alive, or a new one: asking again does not prolong it. */
  private Token accessFor(String userName) {
    return access.values().stream()
        .filter(token -> token.userName.equals(userName) && alive(token) && !usedUp(token))
        .findFirst()
        .orElseGet(() -> issue(access, userName, Trap.ACCESS_TOKEN_SECONDS));
  }

  private Token refreshFor(String userName) {
    return refresh.values().stream()
        .filter(token -> token.userName.equals(userName) && alive(token))
        .findFirst()
        .orElseGet(() -> issue(refresh, userName, Trap.REFRESH_TOKEN_SECONDS));
  }

  private Token issue(Map<String, Token> tokens, String userName, Trap life) {
    Instant end = instance.clock.instant().plusSeconds(instance.switches.number(life));
    Token token =
        new Token(Instance.idOf("token " + ++issued) + Instance.idOf(userName), userName, end);
    tokens.put(token.value, token);
    return token;
  }

  private boolean alive(Token token) {
    return instance.clock.instant().isBefore(token.end);
  }

  private boolean usedUp(Token token) {
    int most = instance.switches.number(Trap.ACCESS_TOKEN_USES);
    return most > 0 && token.uses >= most;
  }

  private Reply granted(Token token, @Nullable Token refreshToken) {
    long left = token.end.getEpochSecond() - instance.clock.instant().getEpochSecond();
    JsonObject json = new JsonObject().put("access_token", token.value);
    if (refreshToken != null) {
      json.put("refresh_token", refreshToken.value);
    }
    json.put("scope", "useraccount").put("token_type", "Bearer").put("expires_in", left);
    return Reply.json(200, json);
  }

  private static Reply refused(String error, String description) {
    return Reply.json(
        401, new JsonObject().put("error", error).put("error_description", description));
  }

  private static String parameter(MultiMap form, String name) {
    String value = form.get(name);
    return value == null ? "" : value;
  }
}
