package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list's stretch of rows and the headers that describe it. */
record Page(int limit, int offset) {

  static Page asked(Call call, int defaultLimit) {
    return new Page(number(call, "sysparm_limit", defaultLimit), number(call, "sysparm_offset", 0));
  }

  private static int number(Call call, String name, int absent) {
    String text = call.queryParam(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    long number = Numbers.parse(text).orElse(-1);
    if (number < 0) {
      throw Errors.badRequest(
          "Invalid value for parameter " + name, name + " must not be negative: " + text);
    }
    return (int) Math.min(number, Integer.MAX_VALUE / 2);
  }

  <T> List<T> of(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(from + limit, all.size()));
  }

  /** {@code X-Total-Count} and {@code Link}, unless the call does without them. */
  Reply headers(Reply reply, ApiCall call, int total) {
    Reply counted =
        call.isSet("sysparm_no_count") ? reply : reply.with("X-Total-Count", String.valueOf(total));
    boolean silent = call.isSet("sysparm_suppress_pagination_header");
    return silent || limit == 0 || total <= limit
        ? counted
        : counted.with("Link", link(call, total));
  }

  private String link(ApiCall call, int total) {
    int last = (total - 1) / limit * limit;
    List<String> links = new ArrayList<>();
    links.add(link(call, 0, "first"));
    if (offset > 0) {
      links.add(link(call, Math.max(0, offset - limit), "prev"));
    }
    if (offset + limit < total) {
      links.add(link(call, offset + limit, "next"));
    }
    links.add(link(call, last, "last"));
    return String.join(",", links);
  }

  private String link(ApiCall call, int at, String relation) {
    Map<String, String> parameters = new LinkedHashMap<>();
    call.call().query().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
    parameters.put("sysparm_limit", String.valueOf(limit));
    parameters.put("sysparm_offset", String.valueOf(at));
    List<String> pairs = new ArrayList<>();
    parameters.forEach((name, value) -> pairs.add(name + "=" + encoded(value)));
    return "<"
        + call.origin()
        + call.call().path()
        + "?"
        + String.join("&", pairs)
        + ">;rel=\""
        + relation
        + "\"";
  }

  /** As the platform does it: commas stay raw, which breaks clients that split at them. */
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%2C", ",").replace("+", "%20");
  }
}
