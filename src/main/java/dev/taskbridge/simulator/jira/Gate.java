package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every request meets before its operation, and every answer after it. */
final class Gate {
  private static final String LOGIN_REASON = "X-Seraph-LoginReason";

  private final Site site;
  private final Login login;
  private final RateLimits limits;
  private final Supplier<String> origin;

  Gate(Site site, Login login, RateLimits limits, Supplier<String> origin) {
    this.site = site;
    this.login = login;
    this.limits = limits;
    this.origin = origin;
  }

  /**
   * Lets a request in or answers why not.
   *
   * @param prefix the path of the API's version, such as {@code /rest/api/3}
   */
  Reply serve(
      Call call, String prefix, ApiVersion version, Access access, Routes.JiraOperation work) {
    checkTransport(call);
    String dead = site.switches().text(Switch.DEAD_TOKEN);
    boolean gateway = prefix.startsWith("/ex/");
    Optional<User> known = login.user(call, gateway);
    boolean anonymousPass = dead.equals("anonymous") || dead.equals("captcha");
    @Nullable User user = dead.equals("no") ? known.orElse(null) : null;
    String reason = dead.equals("captcha") ? "AUTHENTICATION_DENIED" : "AUTHENTICATED_FAILED";
    if (user == null && access != Access.PUBLIC) {
      if (access == Access.LOGGED_IN || !anonymousPass) {
        throw new ReplyException(refused(dead.equals("captcha"), reason));
      }
    }
    limits.request(call.method());
    String self = site.switches().text(Switch.SELF_ORIGIN);
    String base = (self.isEmpty() ? origin.get() : self) + selfPath(prefix);
    Visit visit = new Visit(call, new View(site, version, base, user), user, limits);
    Reply reply = work.answer(visit);
    if (user == null && access == Access.READ) {
      return reply.with(LOGIN_REASON, reason);
    }
    return site.cloud() || user == null ? reply : reply.with(LOGIN_REASON, "OK");
  }

  private static String selfPath(String prefix) {
    int rest = prefix.indexOf("/rest/");
    return prefix.substring(Math.max(0, rest));
  }

  private Reply refused(boolean captcha, String reason) {
    Reply reply =
        captcha
            ? Reply.json(403, problems().add(Wording.FORBIDDEN).toJson())
                .with("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE")
            : Reply.json(401, problems().add(Wording.UNAUTHORIZED).toJson())
                .with("WWW-Authenticate", site.cloud() ? "OAuth realm=\"\"" : "Basic realm=\"\"");
    return reply.with(LOGIN_REASON, reason);
  }

  private Problems problems() {
    return new Problems(site.switches().text(Switch.LANGUAGE));
  }

  private void checkTransport(Call call) {
    boolean writes = call.method().equals("POST") || call.method().equals("PUT");
    boolean hasBody = call.body().length > 0;
    if (call.method().equals("GET") && hasBody && site.cloud()) {
      throw new ReplyException(
          Reply.html(400, "<html><body><h1>400 Bad Request</h1></body></html>"));
    }
    String agent = call.header("User-Agent").orElse("");
    if (writes && agent.startsWith("Mozilla/")) {
      throw new ReplyException(Reply.text(403, "text/plain", "XSRF check failed"));
    }
    String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean wanted =
        (writes && hasBody) || (call.method().equals("DELETE") && deleteWantsType(call));
    boolean upload = type.startsWith("multipart/form-data") && call.path().contains("/attachments");
    if (wanted && !upload && !type.startsWith("application/json")) {
      throw new ReplyException(Reply.json(415, problems().add(Wording.MEDIA_TYPE).toJson()));
    }
    String accept = call.header("Accept").orElse("*/*");
    if (!accept.contains("*/*")
        && !accept.contains("application/*")
        && !accept.contains("application/json")) {
      throw new ReplyException(Reply.empty(406));
    }
  }

  private boolean deleteWantsType(Call call) {
    String which = site.switches().text(Switch.DELETE_WANTS_CONTENT_TYPE);
    return site.cloud()
        && (which.equals("all")
            || (which.equals("remote-links") && call.path().contains("/remotelink")));
  }
}
