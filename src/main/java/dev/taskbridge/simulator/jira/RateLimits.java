package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one may ask: Cloud's three systems, and Data Center's bucket. */
final class RateLimits {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int IN_SHORT = 20;
  private static final int IN_LONG = 100;
  private static final double NEAR = 0.2;

  private final Site site;
  private final Map<Long, Deque<Instant>> writes = new HashMap<>();
  private final Map<String, Integer> thisSecond = new HashMap<>();
  private Instant second = Instant.EPOCH;
  private Instant hour = Instant.EPOCH;
  private long pointsUsed;
  private Instant filled = Instant.EPOCH;
  private long tokens;

  RateLimits(Site site) {
    this.site = site;
  }

  /** Counts one request; refuses it when it is one too many. */
  void request(String method) {
    if (site.cloud()) {
      burst(method);
      quota();
    } else {
      bucket();
    }
  }

  /** What Data Center says of its bucket in every answer, and Cloud of its quota. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    long size = site.switches().number(site.cloud() ? Switch.HOURLY_POINTS : Switch.DC_BUCKET);
    if (size == 0) {
      return headers;
    }
    headers.put("X-RateLimit-Limit", String.valueOf(size));
    if (site.cloud()) {
      long left = Math.max(0, size - pointsUsed);
      headers.put("X-RateLimit-Remaining", String.valueOf(left));
      if (left < size * NEAR) {
        headers.put("X-RateLimit-NearLimit", "true");
      }
    } else {
      headers.put("X-RateLimit-Remaining", String.valueOf(tokens));
      headers.put("X-RateLimit-Interval-Seconds", "1");
      headers.put("X-RateLimit-FillRate", String.valueOf(size));
      headers.put("retry-after", tokens > 0 ? "0" : "1");
    }
    return headers;
  }

  /** Reads cost a point for each issue they return, beyond the one of the request. */
  void rowsRead(int rows) {
    pointsUsed += rows;
  }

  /** Counts a write to one issue. */
  void writing(Visit visit, Issue issue) {
    if (!site.cloud() || !site.switches().on(Switch.PER_ISSUE_WRITES)) {
      return;
    }
    Instant now = site.now();
    Deque<Instant> recent = writes.computeIfAbsent(issue.id(), id -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(LONG))) {
      recent.removeFirst();
    }
    long inShort = recent.stream().filter(at -> at.isAfter(now.minus(SHORT))).count();
    if (recent.size() >= IN_LONG) {
      throw refused("jira-per-issue-on-write", Duration.between(now, recent.getFirst().plus(LONG)));
    }
    if (inShort >= IN_SHORT) {
      throw refused("jira-per-issue-on-write", SHORT);
    }
    recent.addLast(now);
  }

  /** The answer to a request too many. */
  Reply reply(String reason, Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    Problems problems = new Problems(site.switches().text(Switch.LANGUAGE));
    Reply reply =
        Reply.json(429, problems.add(Wording.RATE_LIMITED).toJson())
            .with("Retry-After", String.valueOf(seconds));
    if (!site.cloud()) {
      return reply;
    }
    // The last two are Data Center's; some clients give up on a 429 that lacks them.
    return reply
        .with("RateLimit-Reason", reason)
        .with("X-RateLimit-Limit", "100")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", site.now().plusSeconds(seconds).toString())
        .with("X-RateLimit-Interval-Seconds", "1")
        .with("X-RateLimit-FillRate", "100");
  }

  private ReplyException refused(String reason, Duration wait) {
    return new ReplyException(reply(reason, wait));
  }

  private void burst(String method) {
    if (!site.switches().on(Switch.BURST_LIMITS)) {
      return;
    }
    Instant now = site.now().truncatedTo(ChronoUnit.SECONDS);
    if (!now.equals(second)) {
      second = now;
      thisSecond.clear();
    }
    int limit = method.equals("PUT") || method.equals("DELETE") ? 50 : 100;
    if (thisSecond.merge(method, 1, Integer::sum) > limit) {
      throw refused("jira-burst-based", Duration.ofSeconds(1));
    }
  }

  private void quota() {
    long points = site.switches().number(Switch.HOURLY_POINTS);
    Instant now = site.now();
    Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
    if (!thisHour.equals(hour)) {
      hour = thisHour;
      pointsUsed = 0;
    }
    pointsUsed++;
    if (points > 0 && pointsUsed > points) {
      String scope = site.switches().text(Switch.QUOTA_SCOPE);
      throw refused(
          "jira-quota-" + scope + "-based",
          Duration.between(now, thisHour.plus(1, ChronoUnit.HOURS)));
    }
  }

  private void bucket() {
    long size = site.switches().number(Switch.DC_BUCKET);
    if (size == 0) {
      return;
    }
    Instant now = site.now();
    if (!now.isBefore(filled.plusSeconds(1))) {
      filled = now;
      tokens = size;
    }
    if (tokens == 0) {
      throw refused("", Duration.ofSeconds(1));
    }
    tokens--;
  }
}
