package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Both schemes of the API: a token, and a signature over the raw request target. A signature may
 * come twice: no record of used ones is documented.
 */
final class Authentication {
  static final String ACCESS_ID = "12345678901234567890";
  private static final String SECRET_KEY = "ExampleSecretKey-0123456789abcdef-NotReal";
  private static final String TOKEN = "APIV2:430:SimToken:4102444800000:bm90LWEtcmVhbC10b2tlbg==";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Authentication() {}

  static JsonObject credentials() {
    return new JsonObject()
        .put("accessId", ACCESS_ID)
        .put("secretKey", SECRET_KEY)
        .put("token", TOKEN);
  }

  /**
   * Lets a request with valid credentials pass.
   *
   * @throws dev.taskbridge.simulator.ReplyException with 401 or 403 for all others
   */
  static void check(Call call, Instant now, Switches switches) {
    String authorization = call.header("Authorization").orElse("");
    if (authorization.startsWith("TC-Token ")) {
      String token = authorization.substring("TC-Token ".length()).trim();
      if (!same(token, TOKEN) || switches.on(Toggle.TOKEN_EXPIRED)) {
        throw Errors.of(401, "Unauthorized");
      }
    } else if (authorization.startsWith("TC ")) {
      checkSignature(call, authorization.substring("TC ".length()).trim(), now);
    } else {
      // Documented: without a supported scheme it is 403, not 401.
      throw Errors.of(403, "Access Denied");
    }
  }

  private static void checkSignature(Call call, String idAndSignature, Instant now) {
    int colon = idAndSignature.indexOf(':');
    if (colon < 0 || !idAndSignature.substring(0, colon).equals(ACCESS_ID)) {
      throw Errors.of(401, "Access Denied");
    }
    String timestamp = call.header("Timestamp").orElse("").trim();
    if (!timestamp.matches("\\d{1,15}")) {
      throw Errors.of(401, "Invalid timestamp");
    }
    long skew = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp));
    if (skew > TOLERANCE.toSeconds()) {
      throw Errors.of(401, "Timestamp out of acceptable time range");
    }
    String signature = signature(call.target(), call.method(), timestamp);
    if (!same(signature, idAndSignature.substring(colon + 1))) {
      throw Errors.of(401, "Signature data did not match expected result");
    }
  }

  private static String signature(String target, String method, String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed =
          mac.doFinal((target + ":" + method + ":" + timestamp).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
