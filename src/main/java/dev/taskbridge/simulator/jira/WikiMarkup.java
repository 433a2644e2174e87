package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wiki markup read as a document: what Cloud does with text sent to version 2. Text is interpreted,
 * as there; whoever sends a user's words unescaped finds them changed.
 */
final class WikiMarkup {
  private static final Pattern HEADING = Pattern.compile("h([1-6])\\.\\s+(.*)");
  private static final Pattern BULLET = Pattern.compile("\\s*([*#-]+)\\s+(.*)");
  private static final Pattern FENCE =
      Pattern.compile("\\{(code|noformat|quote|panel)(?::([^}]*))?}(.*)", Pattern.DOTALL);
  private static final Pattern SPECIAL = Pattern.compile("[\\\\*_{}\\[\\]|!+^~?-]");

  private static final Set<String> IN_QUOTE =
      Set.of("paragraph", "bulletList", "orderedList", "codeBlock");
  private static final Set<String> IN_PANEL =
      Set.of("paragraph", "heading", "bulletList", "orderedList", "codeBlock", "rule");

  private WikiMarkup() {}

  /** Puts a backslash before what would be read as markup. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean always = c == '{' || c == '}' || c == '[' || c == ']' || c == '|' || c == '\\';
      boolean styling = "*_+^~-".indexOf(c) >= 0;
      boolean opens =
          styling
              && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
              && i + 1 < text.length()
              && !Character.isWhitespace(text.charAt(i + 1));
      boolean closes =
          styling
              && i > 0
              && !Character.isWhitespace(text.charAt(i - 1))
              && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)));
      boolean bullet = i == 0 && text.length() > 1 && "*#-".indexOf(c) >= 0;
      if (always || opens || closes || bullet) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  static JsonObject read(String markup) {
    return new JsonObject()
        .put("type", "doc")
        .put("version", 1)
        .put("content", blocks(markup.replace("\r\n", "\n").replace('\r', '\n')));
  }

  private static JsonArray blocks(String markup) {
    JsonArray blocks = new JsonArray();
    List<String> lines = List.of(markup.split("\n", -1));
    List<String> paragraph = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i);
      Matcher fence = FENCE.matcher(line.stripLeading());
      Matcher heading = HEADING.matcher(line);
      if (fence.matches()) {
        flush(paragraph, blocks);
        i = fenced(fence, lines, i, blocks);
        continue;
      }
      if (line.isBlank()) {
        flush(paragraph, blocks);
      } else if (heading.matches()) {
        flush(paragraph, blocks);
        blocks.add(
            node("heading", WikiInline.read(heading.group(2)))
                .put("attrs", new JsonObject().put("level", Integer.valueOf(heading.group(1)))));
      } else if (line.strip().matches("-{4,}")) {
        flush(paragraph, blocks);
        blocks.add(new JsonObject().put("type", "rule"));
      } else if (line.startsWith("bq. ")) {
        flush(paragraph, blocks);
        blocks.add(node("blockquote", new JsonArray().add(paragraph(List.of(line.substring(4))))));
      } else if (BULLET.matcher(line).matches()) {
        flush(paragraph, blocks);
        int end = i;
        while (end < lines.size() && BULLET.matcher(lines.get(end)).matches()) {
          end++;
        }
        lists(lines.subList(i, end), 1, blocks);
        i = end;
        continue;
      } else if (line.startsWith("|")) {
        flush(paragraph, blocks);
        int end = i;
        while (end < lines.size() && lines.get(end).startsWith("|")) {
          end++;
        }
        blocks.add(table(lines.subList(i, end)));
        i = end;
        continue;
      } else {
        paragraph.add(line);
      }
      i++;
    }
    flush(paragraph, blocks);
    return blocks;
  }

  /** Reads from an opening {@code {code}} to its twin, or to the end where that is missing. */
  private static int fenced(Matcher open, List<String> lines, int at, JsonArray blocks) {
    String kind = open.group(1);
    String close = "{" + kind + "}";
    List<String> inside = new ArrayList<>();
    String rest = open.group(3);
    int i = at;
    String after = "";
    while (true) {
      int end = rest.indexOf(close);
      if (end >= 0) {
        inside.add(rest.substring(0, end));
        after = rest.substring(end + close.length());
        i++;
        break;
      }
      inside.add(rest);
      i++;
      if (i >= lines.size()) {
        break;
      }
      rest = lines.get(i);
    }
    String text = String.join("\n", inside);
    if (text.startsWith("\n")) {
      text = text.substring(1);
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - 1);
    }
    switch (kind) {
      case "quote" -> blocks.add(node("blockquote", atLeastOne(fitting(blocks(text), IN_QUOTE))));
      case "panel" ->
          blocks.add(
              node("panel", atLeastOne(fitting(blocks(text), IN_PANEL)))
                  .put("attrs", new JsonObject().put("panelType", "info")));
      default -> {
        JsonObject code =
            node("codeBlock", text.isEmpty() ? new JsonArray() : new JsonArray().add(text(text)));
        String language = open.group(2);
        if (language != null && !language.isBlank() && !language.contains("=")) {
          code.put("attrs", new JsonObject().put("language", language));
        }
        blocks.add(code);
      }
    }
    if (!after.isBlank()) {
      blocks.add(paragraph(List.of(after.strip())));
    }
    return i;
  }

  private static void lists(List<String> lines, int depth, JsonArray out) {
    int i = 0;
    while (i < lines.size()) {
      char kind = bullets(lines.get(i)).charAt(Math.min(depth, bullets(lines.get(i)).length()) - 1);
      JsonArray items = new JsonArray();
      while (i < lines.size()
          && bullets(lines.get(i)).charAt(Math.min(depth, bullets(lines.get(i)).length()) - 1)
              == kind) {
        Matcher bullet = BULLET.matcher(lines.get(i));
        JsonArray content = new JsonArray();
        if (bullet.matches()) {
          content.add(paragraph(List.of(bullet.group(2))));
        }
        int end = i + 1;
        while (end < lines.size() && bullets(lines.get(end)).length() > depth) {
          end++;
        }
        if (end > i + 1) {
          lists(lines.subList(i + 1, end), depth + 1, content);
        }
        items.add(node("listItem", content));
        i = end;
      }
      out.add(node(kind == '#' ? "orderedList" : "bulletList", items));
    }
  }

  private static String bullets(String line) {
    Matcher bullet = BULLET.matcher(line);
    return bullet.matches() ? bullet.group(1) : "*";
  }

  private static JsonObject table(List<String> lines) {
    JsonArray rows = new JsonArray();
    for (String line : lines) {
      boolean header = line.startsWith("||");
      String inner = line.replaceAll("^\\|+|\\|+$", "");
      JsonArray cells = new JsonArray();
      for (String cell : inner.split(header ? "\\|\\|" : "(?<!\\\\)\\|", -1)) {
        cells.add(
            node(
                header ? "tableHeader" : "tableCell",
                new JsonArray().add(paragraph(List.of(cell.strip())))));
      }
      rows.add(node("tableRow", cells));
    }
    return node("table", rows);
  }

  private static void flush(List<String> lines, JsonArray blocks) {
    if (!lines.isEmpty()) {
      blocks.add(paragraph(lines));
      lines.clear();
    }
  }

  /** Blocks that a container cannot hold give it their contents instead. */
  private static JsonArray fitting(JsonArray blocks, Set<String> allowed) {
    JsonArray fitting = new JsonArray();
    for (Object each : blocks) {
      JsonObject block = (JsonObject) each;
      String type = block.getString("type");
      if (allowed.contains(type)) {
        fitting.add(block);
      } else if (type.equals("heading")) {
        fitting.add(node("paragraph", block.getJsonArray("content")));
      } else if (type.equals("table")) {
        fitting.add(
            paragraph(AdfText.plain(block).lines().filter(line -> !line.isBlank()).toList()));
      } else if (!type.equals("rule")) {
        fitting.addAll(fitting(block.getJsonArray("content"), allowed));
      }
    }
    return fitting;
  }

  private static JsonArray atLeastOne(JsonArray blocks) {
    return blocks.isEmpty() ? blocks.add(paragraph(List.of())) : blocks;
  }

  private static JsonObject paragraph(List<String> lines) {
    JsonArray content = new JsonArray();
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        content.add(new JsonObject().put("type", "hardBreak"));
      }
      content.addAll(WikiInline.read(lines.get(i)));
    }
    return node("paragraph", content);
  }

  static JsonObject node(String type, JsonArray content) {
    return new JsonObject().put("type", type).put("content", content);
  }

  static JsonObject text(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }

  static boolean special(String character) {
    return SPECIAL.matcher(character).matches();
  }
}
