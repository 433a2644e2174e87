package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Counting without reading, and files on records. */
class AggregateAndAttachmentTest extends WithSimulator {
  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @Test
  void a_count_is_a_string_and_without_an_aggregate_there_is_nothing() {
    Answer counted =
        snow.get("/api/now/v1/stats/incident?sysparm_count=true&sysparm_query=state=1");
    assertThat(counted.record().encode()).isEqualTo("{\"stats\":{\"count\":\"1\"}}");
    assertThat(snow.get("/api/now/v1/stats/incident").record().encode())
        .isEqualTo("{\"stats\":{}}");
    assertThat(
            snow.get("/api/now/stats/incident?sysparm_count=true&sysparm_query=no_such=1")
                .record()
                .getJsonObject("stats")
                .getString("count"))
        .isEqualTo("3");
  }

  @Test
  void groups_come_as_a_list_with_their_figures() {
    Answer answer =
        snow.get(
            "/api/now/v1/stats/incident?sysparm_count=true&sysparm_group_by=state"
                + "&sysparm_query=ORDERBYstate&sysparm_max_fields=priority&sysparm_avg_fields=impact");

    // The small world: one new incident (impact 2, urgency 2), two in progress (3,2) and (2,1).
    assertThat(answer.records()).hasSize(2);
    assertThat(answer.records().get(0).encode())
        .isEqualTo(
            "{\"stats\":{\"count\":\"1\",\"avg\":{\"impact\":\"2.0000\"},\"max\":{\"priority\":\"3\"}},"
                + "\"groupby_fields\":[{\"field\":\"state\",\"value\":\"1\"}]}");
    assertThat(answer.records().get(1).getJsonObject("stats").encode())
        .isEqualTo(
            "{\"count\":\"2\",\"avg\":{\"impact\":\"2.5000\"},\"max\":{\"priority\":\"4\"}}");
  }

  @Test
  void a_file_is_uploaded_listed_by_bare_pairs_fetched_and_deleted() {
    String id = incidentId("short_description", "x");
    Answer uploaded =
        snow.with("Content-Type", "text/plain")
            .send(
                "POST",
                "/api/now/v1/attachment/file?table_name=incident&table_sys_id="
                    + id
                    + "&file_name=a.txt&content_type=text/plain&hash="
                    + HELLO_SHA256,
                "hello");

    assertThat(uploaded.status()).isEqualTo(201);
    JsonObject file = uploaded.record();
    assertThat(file.getString("hash")).isEqualTo(HELLO_SHA256);
    assertThat(file.getString("size_bytes")).isEqualTo("5");
    assertThat(file.getString("content_type")).isEqualTo("text/plain");
    String fileId = file.getString("sys_id");
    assertThat(file.getString("download_link"))
        .isEqualTo(simulator.origin() + "/api/now/v1/attachment/" + fileId + "/file");

    Answer list = snow.get("/api/now/attachment?table_name=incident&table_sys_id=" + id);
    assertThat(list.values("file_name")).containsExactly("a.txt");
    assertThat(list.header("X-Total-Count")).isEqualTo("1");
    Answer content = snow.with("Accept", "*/*").get("/api/now/v1/attachment/" + fileId + "/file");
    assertThat(content.text()).isEqualTo("hello");
    assertThat(content.header("Content-Type")).isEqualTo("text/plain");
    assertThat(snow.get("/api/now/v1/attachment/" + fileId).record().getString("file_name"))
        .isEqualTo("a.txt");

    assertThat(snow.delete("/api/now/v1/attachment/" + fileId).status()).isEqualTo(204);
    assertThat(snow.get("/api/now/v1/attachment/" + fileId).status()).isEqualTo(404);
  }

  @Test
  void a_multipart_upload_keeps_every_byte() {
    String id = incidentId("short_description", "x");
    String head =
        "--XX\r\nContent-Disposition: form-data; name=\"table_name\"\r\n\r\nincident\r\n"
            + "--XX\r\nContent-Disposition: form-data; name=\"table_sys_id\"\r\n\r\n"
            + id
            + "\r\n--XX\r\nContent-Disposition: form-data; name=\"uploadFile\";"
            + " filename=\"b.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    byte[] body =
        (head + "\u00ff\u0000\r\n\u0080" + "\r\n--XX--\r\n").getBytes(StandardCharsets.ISO_8859_1);

    Answer uploaded =
        snow.with("Content-Type", "multipart/form-data; boundary=XX")
            .send("POST", "/api/now/v1/attachment/upload", body);

    assertThat(uploaded.status()).isEqualTo(201);
    assertThat(uploaded.record().getString("file_name")).isEqualTo("b.bin");
    assertThat(uploaded.record().getString("size_bytes")).isEqualTo("5");
  }

  @Test
  void an_attachment_bumps_its_record_only_where_that_is_switched_on() {
    String id = incidentId("short_description", "x");
    String upload =
        "/api/now/v1/attachment/file?table_name=incident&table_sys_id=" + id + "&file_name=a.txt";
    wind(Duration.ofMinutes(1));

    snow.send("POST", upload, "hello");
    assertThat(snow.read("incident", id).getString("sys_mod_count")).isEqualTo("0");
    snow.switches("{\"attachmentBumpsParent\":true}");
    snow.send("POST", upload, "hello");
    assertThat(snow.read("incident", id).getString("sys_mod_count")).isEqualTo("1");
  }

  @Test
  void a_file_needs_a_record_to_hang_on() {
    assertThat(
            snow.send(
                    "POST",
                    "/api/now/v1/attachment/file?table_name=incident&table_sys_id=nope&file_name=a",
                    "hello")
                .status())
        .isEqualTo(400);
  }
}
