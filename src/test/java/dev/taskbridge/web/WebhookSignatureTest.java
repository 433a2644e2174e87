package dev.taskbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as signed. The vector is the one that Jira's makers have published. */
class WebhookSignatureTest {
  private static final Secret SECRET = new Secret("It's a Secret to Everybody");
  private static final byte[] BODY = "Hello World!".getBytes(StandardCharsets.UTF_8);
  private static final String HEX =
      "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

  @Test
  void jiras_published_vector_fits() {
    assertThat(WebhookSignature.fits("sha256=" + HEX, BODY, SECRET)).isTrue();
  }

  @Test
  void the_same_in_base64_fits_as_servicenows_scripts_can_make_it() {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
    assertThat(WebhookSignature.fits("sha256=" + base64, BODY, SECRET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha1=" + HEX,
        HEX,
        "sha256=zz771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
        "sha256=b4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
        "sha256=a477",
      })
  void anything_else_does_not(String given) {
    assertThat(WebhookSignature.fits(given, BODY, SECRET)).isFalse();
  }

  @Test
  void another_body_or_another_secret_does_not() {
    assertThat(
            WebhookSignature.fits(
                "sha256=" + HEX, "Hello World".getBytes(StandardCharsets.UTF_8), SECRET))
        .isFalse();
    assertThat(WebhookSignature.fits("sha256=" + HEX, BODY, new Secret("another"))).isFalse();
  }
}
