package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records read and written one by one and in lists, as most clients do. */
class TableApiTest {
  private ServiceNowSimulator simulator;
  private SnowClient snow;

  @BeforeEach
  void start() {
    simulator = ServiceNowSimulator.start(0);
    snow = SnowClient.service(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void a_record_is_created_read_changed_and_deleted() {
    Answer created =
        snow.post(
            "/api/now/v2/table/incident",
            SnowClient.object("short_description", "Printer on fire", "urgency", "1"));
    assertThat(created.status()).isEqualTo(201);
    String id = created.record().getString("sys_id");
    assertThat(created.header("Location"))
        .isEqualTo(simulator.origin() + "/api/now/v2/table/incident/" + id);
    assertThat(created.record().getString("number")).matches("INC\\d{7}");
    assertThat(created.record().getString("sys_mod_count")).isEqualTo("0");

    Answer changed = snow.update("incident", id, "short_description", "Printer put out");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.record().getString("sys_mod_count")).isEqualTo("1");
    assertThat(changed.record().getString("sys_updated_by")).isEqualTo("svc.bridge");
    assertThat(snow.read("incident", id).getString("short_description"))
        .isEqualTo("Printer put out");

    Answer deleted = snow.delete("/api/now/v2/table/incident/" + id);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isEmpty();
    Answer gone = snow.get("/api/now/v2/table/incident/" + id);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.errorMessage()).isEqualTo("No Record found");
  }

  @Test
  void a_fresh_instance_knows_eight_people_two_groups_and_their_memberships() {
    assertThat(snow.list("sys_user", "emailENDSWITH@example.com^titleISEMPTY").records())
        .hasSize(10); // with svc.bridge and admin
    assertThat(snow.list("sys_user_group", "ORDERBYname").values("name"))
        .containsExactly("IT Operations", "SOC Team");
    assertThat(
            snow.list(
                    "sys_user_grmember",
                    "group.name=SOC Team^ORDERBYuser.name",
                    "sysparm_fields=user.email")
                .values("user.email"))
        .containsExactly(
            "amina.diallo@example.com",
            "chen.wei@example.com",
            "maria.silva@example.com",
            "pat.jones@example.com",
            "yuki.tanaka@example.com");
  }

  @Test
  void a_batch_carries_several_requests_and_answers_each() {
    JsonObject item =
        new JsonObject()
            .put("id", "a")
            .put("method", "POST")
            .put("url", "/api/now/v2/table/incident")
            .put(
                "headers",
                SnowClient.array(
                    SnowClient.object("name", "Content-Type", "value", "application/json"),
                    SnowClient.object("name", "Accept", "value", "application/json")))
            .put("body", base64("{\"short_description\":\"from a batch\"}"));
    JsonObject wrong =
        item.copy()
            .put("id", "b")
            .put("url", "/api/now/v2/table/no_such_table")
            .put("exclude_response_headers", true);

    Answer answer =
        snow.post(
            "/api/now/v1/batch",
            new JsonObject()
                .put("batch_request_id", "7")
                .put("rest_requests", SnowClient.array(item, wrong)));

    assertThat(answer.status()).isEqualTo(200);
    JsonObject first = answer.json().getJsonArray("serviced_requests").getJsonObject(0);
    JsonObject second = answer.json().getJsonArray("serviced_requests").getJsonObject(1);
    assertThat(answer.json().getString("batch_request_id")).isEqualTo("7");
    assertThat(first.getInteger("status_code")).isEqualTo(201);
    assertThat(first.getJsonArray("headers").encode()).contains("Location");
    assertThat(unbase64(first.getString("body"))).contains("from a batch");
    assertThat(second.getInteger("status_code")).isEqualTo(400);
    assertThat(second.getJsonArray("headers")).isEmpty();
    assertThat(unbase64(second.getString("body"))).contains("Invalid table no_such_table");
  }

  @Test
  void seeding_adds_the_same_records_for_the_same_seed() {
    try (ServiceNowSimulator twin = ServiceNowSimulator.start(0)) {
      snow.send("POST", "/_sim/seed", "{\"tasks\":30,\"seed\":5}");
      SnowClient.service(twin).send("POST", "/_sim/seed", "{\"tasks\":30,\"seed\":5}");
      String fields = "sysparm_fields=number,short_description,priority,assigned_to,sys_id";
      assertThat(
              SnowClient.service(twin).list("incident", "ORDERBYnumber", fields).values("sys_id"))
          .isEqualTo(snow.list("incident", "ORDERBYnumber", fields).values("sys_id"))
          .hasSize(33);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String unbase64(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
