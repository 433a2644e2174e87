package dev.taskbridge.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes a ticket findable as the ticket of one link: derived from (sync, task xid) alone and
 * written into the ticket by the creating call. Lower-case letters, digits and hyphens only, so
 * that it is a valid label and needs no escaping in any query language here.
 */
public record IdempotencyKey(String value) {
  /** How every key begins. */
  public static final String PREFIX = "taskbridge-";

  private static final int DIGITS = 40;

  public IdempotencyKey {
    if (!looksLikeOne(value)) {
      throw new IllegalArgumentException("not an idempotency key: \"" + value + "\"");
    }
  }

  public static IdempotencyKey of(LinkKey link) {
    return new IdempotencyKey(PREFIX + digest(link.sync() + "\u0000" + link.xid()));
  }

  /** Whether {@code text}, read from a label or a field, is one of our keys. */
  public static boolean looksLikeOne(String text) {
    return text.length() == PREFIX.length() + DIGITS
        && text.startsWith(PREFIX)
        && text.chars()
            .skip(PREFIX.length())
            .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The xid of the task that is made from a ticket: the Tasks API can be asked for it. */
  public static String xidForTicket(String sync, String ticketId) {
    return PREFIX + digest(sync + "\u0000ticket\u0000" + ticketId);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
