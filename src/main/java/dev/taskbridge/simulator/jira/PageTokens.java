package dev.taskbridge.simulator.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Cloud's opaque page tokens: each remembers its query and the last row that was given. */
final class PageTokens {
  private static final int KEPT = 20_000;

  private final Site site;
  private final Map<String, Mark> marks = new LinkedHashMap<>();

  private record Mark(String query, Issue last, Instant at) {}

  PageTokens(Site site) {
    this.site = site;
  }

  String issue(String query, Issue last) {
    String token = "Ch" + UUID.randomUUID().toString().replace("-", "");
    marks.put(token, new Mark(query, last, site.now()));
    Iterator<String> oldest = marks.keySet().iterator();
    while (marks.size() > KEPT) {
      oldest.next();
      oldest.remove();
    }
    return token;
  }

  /** The row after which that page begins, as it was then. */
  Issue last(Visit visit, String token, String query) {
    Mark mark = marks.get(token);
    if (mark == null) {
      throw visit.refuse(400, Wording.PAGE_TOKEN, "unknown");
    }
    Duration life = Duration.ofSeconds(site.switches().number(Switch.PAGE_TOKEN_LIFE));
    if (site.now().isAfter(mark.at().plus(life))) {
      throw visit.refuse(400, Wording.PAGE_TOKEN, "expired");
    }
    if (!mark.query().equals(query)) {
      throw visit.refuse(400, Wording.PAGE_TOKEN, "it belongs to another query");
    }
    return mark.last();
  }
}
