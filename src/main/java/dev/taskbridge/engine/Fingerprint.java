package dev.taskbridge.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A short name for what a configuration record says, the same in every process and whatever order
 * its maps are in.
 */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * The fingerprint of records, maps, collections and optionals of plain values.
   *
   * @return 32 hexadecimal digits
   */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void write(Object value, StringBuilder text) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> write(inner, text));
    } else if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(written(key), written(inner)));
      text.append(sorted);
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(inner -> text.append('[').append(written(inner)).append(']'));
    } else if (value instanceof Record record) {
      text.append(record.getClass().getSimpleName()).append('(');
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        text.append(component.getName()).append('=').append(written(read(record, component)));
        text.append(';');
      }
      text.append(')');
    } else {
      text.append(value);
    }
  }

  private static String written(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a public record shows " + component, e);
    }
  }
}
