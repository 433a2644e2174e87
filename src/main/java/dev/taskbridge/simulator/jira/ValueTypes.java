package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** Fields that hold dates, moments and numbers. */
final class ValueTypes {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSS")
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private ValueTypes() {}

  static final class Date implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("date");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof String text)) {
        return reading.refuse(Wording.NOT_TEXT);
      }
      if (text.isEmpty()) {
        return null;
      }
      try {
        return LocalDate.parse(text, DATE);
      } catch (DateTimeException e) {
        return reading.refuse(Wording.BAD_DATE, text);
      }
    }

    @Override
    public Object write(Object value, View view) {
      return value.toString();
    }

    @Override
    public String text(Object value) {
      return value + " 00:00:00.0";
    }

    @Override
    public String identity(Object value) {
      return value.toString();
    }
  }

  static final class Moment implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("datetime");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof String text)) {
        return reading.refuse(Wording.NOT_TEXT);
      }
      try {
        return OffsetDateTime.parse(text, MOMENT).toInstant();
      } catch (DateTimeException e) {
        return reading.refuse(Wording.BAD_DATE, text);
      }
    }

    @Override
    public Object write(Object value, View view) {
      return view.time((Instant) value);
    }

    @Override
    public String text(Object value) {
      return value.toString();
    }
  }

  static final class Number implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("number");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      return json instanceof java.lang.Number number
          ? (Object) number.doubleValue()
          : reading.refuse(Wording.NOT_NUMBER);
    }

    @Override
    public Object write(Object value, View view) {
      return value;
    }

    @Override
    public String text(Object value) {
      return value.toString();
    }
  }
}
