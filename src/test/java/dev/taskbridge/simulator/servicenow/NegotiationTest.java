package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Headers, verbs and URLs: what is settled before a table is looked at. */
class NegotiationTest extends WithSimulator {
  private static final String LIST = "/api/now/v2/table/incident";

  @Test
  void a_read_without_accept_is_400_and_an_impossible_accept_406() {
    assertThat(snow.without("Accept").get(LIST).status()).isEqualTo(400);
    assertThat(snow.with("Accept", "*/*").get(LIST).status()).isEqualTo(200);
    assertThat(snow.with("Accept", "text/html").get(LIST).status()).isEqualTo(406);

    snow.switches("{\"acceptRequired\":false}");
    assertThat(snow.without("Accept").get(LIST).status()).isEqualTo(200);
  }

  @Test
  void a_write_without_content_type_is_400_and_an_impossible_one_415() {
    String body = "{\"short_description\":\"x\"}";

    assertThat(snow.without("Content-Type").send("POST", LIST, body).status()).isEqualTo(400);
    assertThat(snow.with("Content-Type", "text/plain").send("POST", LIST, body).status())
        .isEqualTo(415);
    assertThat(snow.send("POST", LIST, body).status()).isEqualTo(201);

    snow.switches("{\"contentTypeRequired\":false}");
    assertThat(snow.without("Content-Type").send("POST", LIST, body).status()).isEqualTo(201);
  }

  @Test
  void a_body_that_is_not_json_is_400() {
    Answer answer = snow.send("POST", LIST, "{\"short_description\":");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("status")).isEqualTo("failure");
  }

  @Test
  void a_url_beyond_8192_bytes_is_414_with_a_page_instead_of_json() {
    String start = LIST + "?sysparm_query=number=";

    assertThat(snow.get(start + "x".repeat(8192 - start.length())).status()).isEqualTo(200);
    Answer tooLong = snow.get(start + "x".repeat(8193 - start.length()));
    assertThat(tooLong.status()).isEqualTo(414);
    assertThat(tooLong.header("Content-Type")).startsWith("text/html");

    snow.switches("{\"maxUrlBytes\":20000}");
    assertThat(snow.get(start + "x".repeat(9000)).status()).isEqualTo(200);
  }

  @Test
  void a_sleeping_instance_answers_everything_with_200_and_a_page() {
    snow.switches("{\"sleeping\":true}");

    for (Answer answer :
        new Answer[] {
          snow.get(LIST), snow.post(LIST, SnowClient.object("x", "y")), snow.get("/anything")
        }) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith("text/html");
    }
  }

  @Test
  void an_upgrade_to_http_2_in_clear_text_is_tolerated() throws Exception {
    String pair = "svc.bridge:" + SmallWorld.PASSWORDS.get("svc.bridge");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulator.origin() + LIST))
            .header("Accept", "application/json")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes("UTF-8")))
            .method("GET", HttpRequest.BodyPublishers.ofByteArray(new byte[0]))
            .build();

    assertThat(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_overridden_method_is_obeyed_and_head_has_no_body() {
    String id = incidentId("short_description", "before");

    Answer patched =
        snow.with("X-HTTP-Method-Override", "PATCH")
            .post(LIST + "/" + id, SnowClient.object("short_description", "after"));
    assertThat(patched.status()).isEqualTo(200);
    assertThat(snow.read("incident", id).getString("short_description")).isEqualTo("after");

    Answer head = snow.send("HEAD", LIST, "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("X-Total-Count")).isEqualTo("4");
    assertThat(head.text()).isEmpty();
  }

  @Test
  void unknown_paths_verbs_and_tables_are_told_apart() {
    Answer path =
        snow.patch("/api/x_rhtpp_ansible/problem/PRB0010001/new_state/102", SnowClient.object());
    assertThat(path.status()).isEqualTo(400);
    assertThat(path.errorMessage()).isEqualTo("Requested URI does not represent any resource");

    assertThat(snow.delete(LIST).status()).isEqualTo(405);

    Answer table = snow.get("/api/now/table/no_such_table");
    assertThat(table.status()).isEqualTo(400);
    assertThat(table.errorMessage()).isEqualTo("Invalid table no_such_table");
  }

  @Test
  void a_long_query_can_go_through_a_short_url() {
    String query =
        "/api/now/table/incident?sysparm_query=numberSTARTSWITHINC^short_descriptionLIKEvpn"
            + "&sysparm_fields=number";
    Answer kept =
        snow.post("/api/now/tinyurl", SnowClient.object("url", simulator.origin() + query));
    assertThat(kept.status()).isIn(200, 201);
    String tiny = kept.json().getString("result");
    assertThat(tiny).contains("?sysparm_tiny=");

    Answer list = snow.get("/api/now/table/incident" + tiny.substring(tiny.indexOf('?')));
    assertThat(list.records()).hasSize(1);
    assertThat(list.records().get(0).fieldNames()).containsExactly("number");
    assertThat(
            snow.get(
                    "/api/now/table/incident"
                        + tiny.substring(tiny.indexOf('?'))
                        + "&sysparm_fields=state")
                .records()
                .get(0)
                .fieldNames())
        .containsExactly("state");
  }
}
