package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an Atlassian document of text: paragraphs, headings, lists, quotes, fenced code and links
 * become what they look like.
 *
 * <p>What is written must read back as the very same text, or every look would find a difference
 * that nobody made. So each block is written richly only if {@link AdfReader} then gives its text
 * back to the letter, and as a plain paragraph otherwise.
 */
final class AdfWriter {
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) (\\S.*)");
  private static final Pattern BULLET = Pattern.compile("- (.*)");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})\\. (.*)");
  private static final Pattern FENCE = Pattern.compile("```([A-Za-z0-9+#-]*)");
  private static final Pattern SPAN =
      Pattern.compile(
          "`(?<code>[^`\\n]+)`"
              + "|\\[(?<text>[^\\[\\]\\n]+)]\\((?<address>https?://[^\\s()<>]+)\\)"
              + "|(?<bare>https?://[^\\s<>\"`\\[\\]]*[\\p{L}\\p{N}/_=&#-])");

  private AdfWriter() {}

  /** The document; an empty one for an empty text. */
  static ObjectNode document(String text) {
    String clean = Words.clean(text);
    ObjectNode document = Json.object().put("type", "doc").put("version", 1);
    ArrayNode content = document.putArray("content");
    if (!clean.isEmpty()) {
      blocks(clean).forEach(content::add);
    }
    return document;
  }

  private static List<ObjectNode> blocks(String text) {
    List<String> parts = Arrays.asList(text.split("\n\n", -1));
    List<ObjectNode> blocks = new ArrayList<>();
    int next = 0;
    while (next < parts.size()) {
      int end = endOfFence(parts, next);
      if (end > next) {
        blocks.add(code(String.join("\n\n", parts.subList(next, end))));
        next = end;
      } else {
        blocks.add(block(parts.get(next)));
        next++;
      }
    }
    return blocks;
  }

  /** One past the part that closes the fence opened at {@code start}; {@code start} if none is. */
  private static int endOfFence(List<String> parts, int start) {
    String first = parts.get(start);
    String opener = first.contains("\n") ? first.substring(0, first.indexOf('\n')) : first;
    if (!FENCE.matcher(opener).matches()) {
      return start;
    }
    for (int i = start; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean closes = part.endsWith("\n```") || (i > start && part.equals("```"));
      if (closes) {
        String whole = String.join("\n\n", parts.subList(start, i + 1));
        return AdfReader.block(code(whole)).equals(whole) ? i + 1 : start;
      }
    }
    return start;
  }

  private static ObjectNode code(String fenced) {
    int firstBreak = fenced.indexOf('\n');
    String language = fenced.substring(3, firstBreak);
    int bodyEnd = Math.max(firstBreak + 1, fenced.length() - "\n```".length());
    String body = fenced.substring(firstBreak + 1, bodyEnd);
    ObjectNode block = Json.object().put("type", "codeBlock");
    if (!language.isEmpty()) {
      block.putObject("attrs").put("language", language);
    }
    if (!body.isEmpty()) {
      block.putArray("content").add(plain(body));
    }
    return block;
  }

  private static ObjectNode block(String text) {
    return richBlock(text)
        .filter(block -> AdfReader.block(block).equals(text))
        .orElseGet(() -> paragraph(text));
  }

  private static Optional<ObjectNode> richBlock(String text) {
    Matcher heading = HEADING.matcher(text);
    if (heading.matches()) {
      ObjectNode block = Json.object().put("type", "heading");
      block.putObject("attrs").put("level", heading.group(1).length());
      block.set("content", spans(heading.group(2)));
      return Optional.of(block);
    }
    if (text.equals("---")) {
      return Optional.of(Json.object().put("type", "rule"));
    }
    if (text.startsWith(">")) {
      return Optional.of(quote(text));
    }
    return list(Arrays.asList(text.split("\n", -1)));
  }

  private static ObjectNode quote(String text) {
    ObjectNode block = Json.object().put("type", "blockquote");
    ArrayNode content = block.putArray("content");
    String inner = text.replaceAll("(?m)^> ?", "");
    Arrays.stream(inner.split("\n\n", -1)).map(AdfWriter::paragraph).forEach(content::add);
    return block;
  }

  /** A list, if the first line begins one; whether the others fit shows when it is read back. */
  private static Optional<ObjectNode> list(List<String> lines) {
    Matcher number = NUMBER.matcher(lines.get(0));
    boolean ordered = number.matches();
    if (!ordered && !BULLET.matcher(lines.get(0)).matches()) {
      return Optional.empty();
    }
    ObjectNode list = Json.object().put("type", ordered ? "orderedList" : "bulletList");
    if (ordered && Integer.parseInt(number.group(1)) != 1) {
      list.putObject("attrs").put("order", Integer.parseInt(number.group(1)));
    }
    ArrayNode items = list.putArray("content");
    Pattern marker = ordered ? NUMBER : BULLET;
    int start = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || marker.matcher(lines.get(i)).matches()) {
        items.add(item(lines.subList(start, i)));
        start = i;
      }
    }
    return Optional.of(list);
  }

  private static ObjectNode item(List<String> lines) {
    int width = lines.get(0).indexOf(' ') + 1;
    List<String> inner = new ArrayList<>();
    inner.add(lines.get(0).substring(width));
    for (String line : lines.subList(1, lines.size())) {
      inner.add(line.startsWith(" ".repeat(width)) ? line.substring(width) : line);
    }
    int nested = 1;
    while (nested < inner.size() && !beginsList(inner.get(nested))) {
      nested++;
    }
    ObjectNode item = Json.object().put("type", "listItem");
    ArrayNode content = item.putArray("content");
    content.add(paragraph(String.join("\n", inner.subList(0, nested))));
    if (nested < inner.size()) {
      list(inner.subList(nested, inner.size())).ifPresent(content::add);
    }
    return item;
  }

  private static boolean beginsList(String line) {
    return BULLET.matcher(line).matches() || NUMBER.matcher(line).matches();
  }

  private static ObjectNode paragraph(String text) {
    ObjectNode paragraph = Json.object().put("type", "paragraph");
    if (!text.isEmpty()) {
      paragraph.set("content", spans(text));
    }
    return paragraph;
  }

  /** Inline nodes that read back as {@code text}, with links and code where that holds. */
  private static ArrayNode spans(String text) {
    ArrayNode rich = richSpans(text);
    if (AdfReader.inline(rich).equals(text)) {
      return rich;
    }
    ArrayNode plain = Json.array();
    addLines(plain, text);
    return plain;
  }

  private static ArrayNode richSpans(String text) {
    ArrayNode spans = Json.array();
    Matcher span = SPAN.matcher(text);
    int end = 0;
    while (span.find()) {
      addLines(spans, text.substring(end, span.start()));
      if (span.group("code") != null) {
        spans.add(marked(span.group("code"), Json.object().put("type", "code")));
      } else if (span.group("bare") != null) {
        spans.add(marked(span.group("bare"), link(span.group("bare"))));
      } else {
        spans.add(marked(span.group("text"), link(span.group("address"))));
      }
      end = span.end();
    }
    addLines(spans, text.substring(end));
    return spans;
  }

  private static void addLines(ArrayNode spans, String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        spans.add(Json.object().put("type", "hardBreak"));
      }
      // A text node must not be empty: Jira refuses the whole document.
      if (!lines[i].isEmpty()) {
        spans.add(plain(lines[i]));
      }
    }
  }

  private static ObjectNode plain(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  private static ObjectNode marked(String text, ObjectNode mark) {
    ObjectNode span = plain(text);
    span.putArray("marks").add(mark);
    return span;
  }

  private static ObjectNode link(String address) {
    ObjectNode mark = Json.object().put("type", "link");
    mark.putObject("attrs").put("href", address);
    return mark;
  }
}
