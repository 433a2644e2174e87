package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields that hold words: one line, formatted text, labels, a URL. */
final class TextTypes {
  static final int LINE_LIMIT = 255;
  static final int TEXT_LIMIT = 32_767;

  private TextTypes() {}

  static JsonObject schema(String type) {
    return new JsonObject().put("type", type);
  }

  /** A string. */
  private abstract static class Words implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("string");
    }

    @Override
    public Object write(Object value, View view) {
      return value;
    }

    @Override
    public String text(Object value) {
      return (String) value;
    }
  }

  static final class Summary extends Words {
    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof String text)) {
        return reading.refuse(Wording.NOT_TEXT);
      }
      String trimmed = text.strip();
      if (trimmed.isEmpty()) {
        return reading.refuse(Wording.SUMMARY_EMPTY);
      }
      if (trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0) {
        return reading.refuse(Wording.SUMMARY_LINES);
      }
      return trimmed.length() > LINE_LIMIT
          ? reading.refuse(Wording.SUMMARY_LONG, String.valueOf(LINE_LIMIT))
          : trimmed;
    }
  }

  /** A text field of one line, which holds a plain string in both API versions. */
  static final class Line extends Words {
    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof String text)) {
        return reading.refuse(Wording.NOT_TEXT);
      }
      if (text.length() > LINE_LIMIT) {
        return reading.refuse(Wording.TEXT_LONG, String.valueOf(LINE_LIMIT));
      }
      return text.isEmpty() ? null : text;
    }
  }

  static final class Url extends Words {
    @Override
    public @Nullable Object read(Object json, Reading reading) {
      return json instanceof String text && text.matches("[a-z][a-z0-9+.-]*:\\S+")
          ? text
          : reading.refuse(Wording.BAD_VALUE, reading.field().name());
    }
  }

  static final class Formatted implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("string");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      RichTextReader reader = new RichTextReader(reading.site(), reading.version());
      return reader.read(json, reading.problems(), reading.field().id(), Wording.NOT_ADF);
    }

    @Override
    public Object write(Object value, View view) {
      return view.text((RichText) value);
    }

    @Override
    public String text(Object value) {
      return ((RichText) value).wiki();
    }
  }

  static final class Labels implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("array").put("items", "string");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof JsonArray array)) {
        return reading.refuse(Wording.NOT_ARRAY);
      }
      List<String> labels = new ArrayList<>();
      for (Object each : array) {
        String label = label(each, reading);
        if (label != null && !labels.contains(label)) {
          labels.add(label);
        }
      }
      return List.copyOf(labels);
    }

    /** Null if it is no label; the problem is noted. */
    static @Nullable String label(@Nullable Object json, Reading reading) {
      if (!(json instanceof String label) || label.isEmpty()) {
        return (String) reading.refuse(Wording.NOT_TEXT);
      }
      if (label.chars().anyMatch(Character::isWhitespace)) {
        return (String) reading.refuse(Wording.LABEL_SPACES, label);
      }
      return label.length() > LINE_LIMIT
          ? (String) reading.refuse(Wording.LABEL_LONG, label)
          : label;
    }

    @Override
    public Object write(Object value, View view) {
      return new JsonArray(List.copyOf((List<?>) value));
    }

    @Override
    @SuppressWarnings("unchecked")
    public String text(Object value) {
      return String.join(" ", (List<String>) value);
    }

    @Override
    public List<String> verbs() {
      return List.of("add", "set", "remove");
    }

    @Override
    public Object empty() {
      return List.of();
    }
  }
}
