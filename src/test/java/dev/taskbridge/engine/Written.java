package dev.taskbridge.engine;

import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Front.Asked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which fields of which records the bridge has written, as its requests say. Thread-safe. */
final class Written {
  private static final Pattern TASK = Pattern.compile("/v3/tasks/(\\d+)");
  private static final Pattern ISSUE = Pattern.compile("/issue/([^/?]+)(/transitions)?");
  private static final Pattern RECORD = Pattern.compile("/table/incident/([0-9a-f]{32})");

  private final Set<String> fields = ConcurrentHashMap.newKeySet();

  boolean has(Side side, String record, String field) {
    return fields.contains(side + " " + record + "/" + field);
  }

  /** Begins anew. */
  void clear() {
    fields.clear();
  }

  /** Takes in a request of the bridge to ThreatConnect. */
  void toThreatConnect(Asked asked) {
    Matcher task = TASK.matcher(asked.target());
    if (asked.isWrite() && task.find()) {
      note(Side.TASK, task.group(1), asked.body(), "\"name\"", "\"status\"");
    }
  }

  /** Takes in a request of the bridge to a ticketing system. */
  void toTickets(Asked asked) {
    if (!asked.isWrite()) {
      return;
    }
    Matcher issue = ISSUE.matcher(asked.target());
    Matcher record = RECORD.matcher(asked.target());
    if (asked.target().contains("/batch")) {
      JsonArray items = new JsonObject(asked.body()).getJsonArray("rest_requests");
      for (JsonObject item : Product.list(items)) {
        toTickets(
            new Asked(
                item.getString("method"),
                item.getString("url"),
                new String(
                    Base64.getMimeDecoder().decode(item.getString("body", "")),
                    StandardCharsets.UTF_8)));
      }
    } else if (record.find()) {
      note(Side.TICKET, record.group(1), asked.body(), "\"short_description\"", "\"state\"");
    } else if (issue.find()) {
      if (issue.group(2) != null) {
        fields.add(Side.TICKET + " " + issue.group(1) + "/status");
      } else {
        note(Side.TICKET, issue.group(1), asked.body(), "\"summary\"", "\"status\"");
      }
    }
  }

  private void note(Side side, String record, String body, String title, String status) {
    if (body.contains(title)) {
      fields.add(side + " " + record + "/title");
    }
    if (body.contains(status)) {
      fields.add(side + " " + record + "/status");
    }
  }
}
