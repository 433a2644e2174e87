package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One line of wiki markup: styles, links, mentions and escapes. */
final class WikiInline {
  private static final Map<Character, String> STYLES =
      Map.of('*', "strong", '_', "em", '-', "strike", '+', "underline");

  private final String line;
  private final JsonArray marks;
  private final JsonArray out = new JsonArray();
  private final StringBuilder pending = new StringBuilder();

  private WikiInline(String line, JsonArray marks) {
    this.line = line;
    this.marks = marks;
  }

  static JsonArray read(String line) {
    return new WikiInline(line, new JsonArray()).nodes();
  }

  private JsonArray nodes() {
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      int next = i;
      if (c == '\\' && i + 1 < line.length()) {
        next = escaped(i);
      } else if (line.startsWith("{{", i)) {
        next = monospace(i);
      } else if (c == '[') {
        next = link(i);
      } else if (STYLES.containsKey(c)) {
        next = styled(i, c);
      }
      if (next == i) {
        pending.append(c);
        next = i + 1;
      }
      i = next;
    }
    flush();
    return out;
  }

  private int escaped(int at) {
    char next = line.charAt(at + 1);
    if (next == '\\') {
      flush();
      out.add(new JsonObject().put("type", "hardBreak"));
      return at + 2;
    }
    if (!WikiMarkup.special(String.valueOf(next)) && next != '#') {
      return at;
    }
    pending.append(next);
    return at + 2;
  }

  private int monospace(int at) {
    int end = line.indexOf("}}", at + 2);
    if (end <= at + 2) {
      return at;
    }
    flush();
    out.add(
        WikiMarkup.text(line.substring(at + 2, end))
            .put("marks", new JsonArray().add(new JsonObject().put("type", "code"))));
    return end + 2;
  }

  private int link(int at) {
    int end = line.indexOf(']', at);
    if (end <= at + 1) {
      return at;
    }
    String inside = line.substring(at + 1, end);
    if (inside.startsWith("~")) {
      flush();
      String id = inside.substring(1).replaceFirst("^accountid:", "");
      out.add(
          new JsonObject()
              .put("type", "mention")
              .put("attrs", new JsonObject().put("id", id).put("text", "@" + id)));
      return end + 1;
    }
    int bar = inside.indexOf('|');
    String target = bar < 0 ? inside : inside.substring(bar + 1);
    String shown = bar < 0 ? inside : inside.substring(0, bar);
    if (!target.matches("(https?|mailto|ftp):.*") || shown.isEmpty()) {
      return at;
    }
    flush();
    JsonArray all = marks.copy();
    all.add(
        new JsonObject().put("type", "link").put("attrs", new JsonObject().put("href", target)));
    for (Object node : new WikiInline(bar < 0 ? "" : shown, all).nodes()) {
      out.add(node);
    }
    if (bar < 0) {
      out.add(WikiMarkup.text(target).put("marks", all));
    }
    return end + 1;
  }

  private int styled(int at, char c) {
    boolean opens =
        (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)))
            && at + 1 < line.length()
            && !Character.isWhitespace(line.charAt(at + 1))
            && line.charAt(at + 1) != c;
    if (!opens) {
      return at;
    }
    for (int end = line.indexOf(c, at + 1); end > 0; end = line.indexOf(c, end + 1)) {
      char before = line.charAt(end - 1);
      boolean closes =
          !Character.isWhitespace(before)
              && before != '\\'
              && (end + 1 == line.length() || !Character.isLetterOrDigit(line.charAt(end + 1)));
      if (closes) {
        flush();
        JsonArray all = marks.copy();
        all.add(new JsonObject().put("type", STYLES.get(c)));
        for (Object node : new WikiInline(line.substring(at + 1, end), all).nodes()) {
          out.add(node);
        }
        return end + 1;
      }
    }
    return at;
  }

  private void flush() {
    if (pending.length() > 0) {
      JsonObject text = WikiMarkup.text(pending.toString());
      if (!marks.isEmpty()) {
        text.put("marks", marks.copy());
      }
      out.add(text);
      pending.setLength(0);
    }
  }
}
