package dev.taskbridge.web;

import dev.taskbridge.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code sha256=} and the HMAC-SHA-256 of a delivery's bytes as they came, in hexadecimal as Jira
 * writes it (documented), or in Base64 as ServiceNow's scripts can make it.
 */
final class WebhookSignature {
  private static final String SCHEME = "sha256=";
  private static final int HEX_DIGITS = 64;

  private WebhookSignature() {}

  /** Whether {@code given} is the signature of {@code body}; compared in constant time. */
  static boolean fits(String given, byte[] body, Secret secret) {
    return value(given).filter(sent -> MessageDigest.isEqual(sent, hmac(body, secret))).isPresent();
  }

  private static Optional<byte[]> value(String given) {
    if (!given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String text = given.substring(SCHEME.length()).strip();
    try {
      return Optional.of(
          text.length() == HEX_DIGITS
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static byte[] hmac(byte[] body, Secret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
