package dev.taskbridge.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Secret;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four computed vectors of the API's reference. */
final class HmacSignatureTest {
  private static final String ACCESS_ID = "12345678901234567890";
  private static final Secret KEY = new Secret("ExampleSecretKey-0123456789abcdef-NotReal");
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          GET /api/v3/tasks?resultStart=0&resultLimit=100 /1Ac9THNqpX3CELCqZRuAIHIOzo55WvxsV6kcJoGbSs=
          PUT /api/v3/tasks/42 Sp/YFPAVHZJ9qHLG2kpv1XYdzJk6IQfG51VTwRgNrKU=
          GET /api/v3/tasks?tql=status%20in%20%28%22Open%22%2C%20%22Reopened%22%29%20and%20hasCase%28lastUpdated%20%3E%3D%20%222024-01-31%2009%3A30%3A00%22%29&resultStart=0&resultLimit=1000&fields=caseId 5fIDlqs0ew52vz1f/i28fpfNiCW5+Slpho7gDGvh5dw=
          GET /api/v3/tasks?tql=status+in+%28%22Open%22%2C+%22Reopened%22%29+and+hasCase%28lastUpdated+%3E%3D+%222024-01-31+09%3A30%3A00%22%29&resultStart=0&resultLimit=1000&fields=caseId n8p7pSXxtfTyJUNgn+9ua/1OzVnSwcR5zuhVLADzyzY=
          """)
  void a_request_target_is_signed_as_it_goes_over_the_wire(
      String method, String target, String signature) {
    assertThat(HmacSignature.of(ACCESS_ID, KEY, method, target, AT))
        .isEqualTo("TC " + ACCESS_ID + ":" + signature);
  }
}
