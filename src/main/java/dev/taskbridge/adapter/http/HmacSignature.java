package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * ThreatConnect's request signature (documented). It covers the raw request target and the method,
 * not the host, the headers or the body, and is good for five minutes.
 */
final class HmacSignature {
  private HmacSignature() {}

  /**
   * The {@code Authorization} header.
   *
   * @param method any case
   * @param target path and query exactly as they go over the wire, percent-encoding included
   * @param at the time that the {@code Timestamp} header says
   */
  static String of(String accessId, Secret secretKey, String method, String target, Instant at) {
    String signed = target + ":" + method.toUpperCase(Locale.ROOT) + ":" + timestamp(at);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(secretKey.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "TC " + accessId + ":" + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The {@code Timestamp} header: whole seconds. */
  static String timestamp(Instant at) {
    return Long.toString(at.getEpochSecond());
  }
}
