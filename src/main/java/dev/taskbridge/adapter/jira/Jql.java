package dev.taskbridge.adapter.jira;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A query in Jira's language, put together from typed parts. Every text operand is quoted, since
 * reserved words such as {@code DO} or {@code INT} are good project keys.
 */
final class Jql {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final List<String> clauses = new ArrayList<>();

  Jql is(String field, String value) {
    clauses.add(field + " = " + quoted(value));
    return this;
  }

  Jql in(String field, Collection<String> values) {
    clauses.add(
        field + " in (" + values.stream().map(Jql::quoted).collect(Collectors.joining(", ")) + ")");
    return this;
  }

  Jql contains(String field, Collection<String> words) {
    clauses.add(
        words.stream()
            .map(word -> field + " ~ " + quoted(word))
            .collect(Collectors.joining(" OR ", "(", ")")));
    return this;
  }

  /** An unquoted number is epoch milliseconds: no zone to get wrong (documented). */
  Jql updatedSince(Instant from) {
    clauses.add("updated >= " + from.toEpochMilli());
    return this;
  }

  /**
   * The older form, for servers that refuse a number: whole minutes in the searching user's zone
   * (documented). An hour that exists twice is read as the earlier one, so nothing is skipped.
   */
  Jql updatedSinceMinute(Instant from, ZoneId zone) {
    Instant minute = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), 60) * 60);
    LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
    if (zone.getRules().getValidOffsets(local).size() > 1) {
      local = local.minus(Duration.ofHours(1));
    }
    clauses.add("updated >= " + quoted(MINUTE.format(local)));
    return this;
  }

  Jql and(Jql other) {
    clauses.addAll(other.clauses);
    return this;
  }

  /** A query written by the operator, kept apart by parentheses. */
  Jql and(String rule) {
    if (!rule.isBlank()) {
      clauses.add("(" + rule.strip() + ")");
    }
    return this;
  }

  String orderedBy(String order) {
    return String.join(" AND ", clauses) + " ORDER BY " + order;
  }

  /** {@code customfield_10050} is called {@code cf[10050]} in queries (documented). */
  static String clause(String fieldId) {
    return fieldId.startsWith("customfield_")
        ? "cf[" + fieldId.substring("customfield_".length()) + "]"
        : quoted(fieldId);
  }

  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7F) {
                quoted.append(' ');
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
