package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inbound rate limits per hour. A user's rule beats a role's, a role's beats everyone's; of several
 * roles the lowest limit holds.
 */
final class RateRules {
  private final Instance instance;
  private final Negotiation negotiation;
  private final Map<String, Integer> requests = new HashMap<>();
  private long countedHour = -1;

  private record Rule(String who, String resource, int limit) {
    int rank() {
      return who.startsWith("user:") ? 0 : who.startsWith("role:") ? 1 : 2;
    }

    boolean binds(Session session, String asked) {
      boolean mine =
          who.equals("all")
              || who.equals("user:" + session.userName())
              || (who.startsWith("role:") && session.roles().contains(who.substring(5)));
      return mine && (resource.equals("*") || resource.equals(asked));
    }
  }

  RateRules(Instance instance, Negotiation negotiation) {
    this.instance = instance;
    this.negotiation = negotiation;
  }

  /**
   * Counts a request.
   *
   * @param resource such as {@code table} or {@code batch}
   * @return the headers of the rule that binds, none where there is no rule
   * @throws ReplyException 429 when the hour's requests are used up
   */
  Map<String, String> count(Session session, String resource) {
    Optional<Rule> binding =
        rules().stream()
            .filter(rule -> rule.binds(session, resource))
            .min(Comparator.comparingInt(Rule::rank).thenComparingInt(Rule::limit));
    if (binding.isEmpty()) {
      return Map.of();
    }
    long now = instance.clock.instant().getEpochSecond();
    long hour = now / 3600;
    if (hour != countedHour) {
      countedHour = hour;
      requests.clear();
    }
    Rule rule = binding.get();
    int used = requests.merge(session.userName() + " " + rule.resource(), 1, Integer::sum);
    long reset = (hour + 1) * 3600;
    Map<String, String> headers =
        instance.switches.on(Trap.RATE_HEADERS)
            ? Map.of(
                "X-RateLimit-Limit", String.valueOf(rule.limit()),
                "X-RateLimit-Reset", String.valueOf(reset),
                "X-RateLimit-Rule", Instance.idOf("sys_rate_limit_rules " + rule))
            : Map.of();
    if (used > rule.limit()) {
      Reply refusal = negotiation.tooManyRequests(Duration.ofSeconds(reset - now));
      for (Map.Entry<String, String> header : headers.entrySet()) {
        refusal = refusal.with(header.getKey(), header.getValue());
      }
      throw new ReplyException(refusal);
    }
    return headers;
  }

  private List<Rule> rules() {
    return instance.switches.list(Trap.RATE_RULES).stream()
        .map(JsonObject.class::cast)
        .map(
            json ->
                new Rule(
                    json.getString("for", "all"),
                    json.getString("resource", "*"),
                    json.getInteger("limit", Integer.MAX_VALUE)))
        .toList();
  }
}
