package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.IdempotencyKey;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Encoded queries. A separator cannot be escaped reliably (seen), an unknown column drops its term
 * and widens the result (documented), and a value may be a script: so only keys of our own,
 * sys_ids, times and checked names and addresses ever enter one, and callers check every row that
 * comes back.
 */
final class Query {
  private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]{0,79}");
  private static final int LONGEST_NAME = 100;

  private Query() {}

  static boolean isSysId(String text) {
    return SYS_ID.matcher(text).matches();
  }

  /** Whether {@code text} can be the name of a table or a column. */
  static boolean isName(String text) {
    return COLUMN.matcher(text).matches();
  }

  /** Whether a name or an address from outside may stand as a value in a query. */
  static boolean isHarmless(String value) {
    return !value.isBlank()
        && value.length() <= LONGEST_NAME
        && value.indexOf('^') < 0
        && value.chars().noneMatch(Character::isISOControl)
        && !value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:");
  }

  /** Whether it may also stand in a list of values, whose comma cannot be escaped (assumed). */
  static boolean isListable(String value) {
    return isHarmless(value) && value.indexOf(',') < 0;
  }

  static String withKeys(Collection<IdempotencyKey> keys) {
    return keys.stream()
        .map(IdempotencyKey::value)
        .collect(Collectors.joining(",", "correlation_idIN", ""));
  }

  static String withIds(Collection<String> sysIds) {
    return String.join(",", sysIds).transform(ids -> "sys_idIN" + ids);
  }
}
