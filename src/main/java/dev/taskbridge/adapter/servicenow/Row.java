package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * One record as it came. Every value is a text, empty for null; with labels it is a pair, and the
 * same column is a bare text where it is empty (documented), so both are understood everywhere.
 */
record Row(JsonNode node) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /** Whether the column was sent; one that the account may not read, or that is unknown, is not. */
  boolean has(String column) {
    return node.has(column);
  }

  /** The stored value, empty if there is none. */
  String value(String column) {
    JsonNode at = node.path(column);
    return at.isObject() ? at.path("value").asText("") : at.asText("");
  }

  /** The label, or the stored value where no label came. */
  String label(String column) {
    JsonNode at = node.path(column);
    if (!at.isObject()) {
      return at.asText("");
    }
    String label = at.path("display_value").asText("");
    return label.isEmpty() ? at.path("value").asText("") : label;
  }

  String sysId() {
    return value("sys_id");
  }

  /** The stored date-time, which is UTC; empty if there is none or it cannot be read. */
  Optional<Instant> time(String column) {
    return timeOf(value(column));
  }

  /** A text in the form that ServiceNow stores, as UTC. */
  static Optional<Instant> timeOf(String stored) {
    return time(stored, true);
  }

  private static Optional<Instant> time(String stored, boolean dateAlone) {
    try {
      return Optional.of(LocalDateTime.parse(stored, STAMP).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return dateAlone && stored.length() == 10
          ? time(stored + " 00:00:00", false)
          : Optional.empty();
    }
  }

  /** A point in time as ServiceNow stores and compares it. */
  static String stamp(Instant time) {
    return STAMP.format(time.atOffset(ZoneOffset.UTC));
  }
}
