package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.ReplyException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a request comes from: Basic, bearer token or API key; then whom it acts for. */
final class Authentication {
  static final String API_KEY = "simulated-api-key";

  private final Instance instance;
  private final OAuth oauth;
  private final Map<String, Integer> failures = new HashMap<>();

  Authentication(Instance instance) {
    this.instance = instance;
    this.oauth = new OAuth(instance, this);
  }

  OAuth oauth() {
    return oauth;
  }

  /** The session of a request, or a 401. */
  Session of(Call call) {
    Row user = user(call);
    if (user == null || !user.get("active").equals("true")) {
      throw Errors.unauthenticated();
    }
    return call.actingAs().map(this::person).orElseGet(() -> session(user));
  }

  private @Nullable Row user(Call call) {
    String authorization = call.header("Authorization").orElse("");
    if (authorization.startsWith("Basic ")) {
      return permitted(basic(authorization.substring(6)));
    }
    if (authorization.startsWith("Bearer ")) {
      return bearer(authorization.substring(7).strip());
    }
    String key = call.header("x-sn-apikey").or(() -> call.queryParam("x-sn-apikey")).orElse("");
    return key.equals(API_KEY) && instance.switches.on(Trap.API_KEY)
        ? SmallWorld.user(instance, SmallWorld.SERVICE_USER)
        : null;
  }

  private @Nullable Row bearer(String token) {
    String userName = oauth.userOf(token);
    if (userName != null && instance.switches.on(Trap.TOKENS_UNSCOPED)) {
      throw new ReplyException(
          Errors.reply(403, "Access to unscoped api is not allowed", "Access to unscoped api"));
    }
    return userName == null ? null : SmallWorld.user(instance, userName);
  }

  /** Whether this user may come in with a password at all. */
  private @Nullable Row permitted(@Nullable Row user) {
    if (user == null) {
      return null;
    }
    if (instance.switches.list(Trap.MFA_USERS).contains(user.get("user_name"))) {
      throw new ReplyException(Errors.unauthenticated().reply().with("X-MFA_TOKEN", "invalid"));
    }
    return instance.switches.on(Trap.BASIC_AUTH_RESTRICTED)
            && !session(user).roles().contains("snc_basic_auth_api_access")
        ? null
        : user;
  }

  private @Nullable Row basic(String encoded) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = pair.indexOf(':');
    return colon < 0 ? null : withPassword(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /** The user whose password this is; a wrong one counts towards locking the account. */
  @Nullable Row withPassword(String userName, String password) {
    Row user = SmallWorld.user(instance, userName);
    int most = instance.switches.number(Trap.LOCK_AFTER_FAILURES);
    boolean locked = most > 0 && failures.getOrDefault(userName, 0) >= most;
    if (user == null || locked || user.get("locked_out").equals("true")) {
      return null;
    }
    if (!password.equals(SmallWorld.PASSWORDS.get(userName))) {
      failures.merge(userName, 1, Integer::sum);
      return null;
    }
    failures.remove(userName);
    return user;
  }

  private Session person(String email) {
    return instance.rows("sys_user").withValue("email", email).stream()
        .findFirst()
        .map(this::session)
        .orElseThrow(
            () -> Errors.badRequest("X-Sim-User names nobody", "no sys_user has email " + email));
  }

  Session session(Row user) {
    Set<String> roles = new HashSet<>();
    for (Row given : instance.rows("sys_user_has_role").withValue("user", user.sysId())) {
      Row role = instance.find("sys_user_role", given.get("role"));
      if (role != null) {
        roles.add(role.get("name"));
      }
    }
    String zone = user.get("time_zone");
    String format = user.get("date_format");
    return new Session(
        user.get("user_name"),
        user.sysId(),
        roles,
        ZoneId.of(zone.isEmpty() ? "UTC" : zone),
        format.isEmpty() ? Session.STORED_DATE_FORMAT : format + " HH:mm:ss");
  }
}
