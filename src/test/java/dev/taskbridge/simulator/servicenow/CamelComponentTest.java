package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The released camel-servicenow component works against the simulator unchanged. */
class CamelComponentTest {
  private ServiceNowSimulator simulator;
  private CamelContext camel;
  private ProducerTemplate template;
  private String endpoint;

  @BeforeEach
  void start() throws Exception {
    simulator = ServiceNowSimulator.start(0);
    camel = new DefaultCamelContext();
    camel.start();
    template = camel.createProducerTemplate();
    endpoint =
        "servicenow:simulated?userName="
            + SmallWorld.SERVICE_USER
            + "&password="
            + SmallWorld.PASSWORDS.get(SmallWorld.SERVICE_USER)
            + "&apiUrl="
            + simulator.origin()
            + "/api&oauthTokenUrl="
            + simulator.origin()
            + "/oauth_token.do";
  }

  @AfterEach
  void stop() throws Exception {
    camel.close();
    simulator.close();
  }

  private Exchange call(String action, Object body, Object... headers) {
    return send(endpoint, "table", action, body, headers);
  }

  private Exchange send(
      String uri, String resource, String action, Object body, Object... headers) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(ServiceNowConstants.RESOURCE, resource);
    all.put(ServiceNowConstants.ACTION, action);
    all.put("CamelServiceNowTable", "incident");
    for (int i = 0; i < headers.length; i += 2) {
      all.put((String) headers[i], headers[i + 1]);
    }
    return template.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(all);
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> record(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(Map.class);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> records(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(List.class);
  }

  private String created(String words) {
    return (String) record(call("create", Map.of("short_description", words))).get("sys_id");
  }

  @Test
  void create_one_and_list_see_the_same_record() {
    String id = created("made by Camel");

    Map<String, Object> one = record(call("retrieve", null, "CamelServiceNowSysId", id));
    assertThat(one).containsEntry("short_description", "made by Camel").containsEntry("state", "1");

    List<Map<String, Object>> list =
        records(call("retrieve", null, "CamelServiceNowQuery", "short_description=made by Camel"));
    assertThat(list).hasSize(1);
    assertThat(list.get(0)).containsEntry("sys_id", id);
  }

  @Test
  void update_sends_a_patch_and_modify_a_put_which_is_partial_too() {
    String id = created("before");

    Map<String, Object> patched =
        record(call("update", Map.of("urgency", "1"), "CamelServiceNowSysId", id));
    Map<String, Object> put =
        record(call("modify", Map.of("impact", "1"), "CamelServiceNowSysId", id));

    assertThat(patched).containsEntry("urgency", "1").containsEntry("priority", "3");
    assertThat(put)
        .containsEntry("urgency", "1")
        .containsEntry("priority", "1")
        .containsEntry("short_description", "before")
        .containsEntry("sys_mod_count", "2");
  }

  @Test
  void delete_removes_the_record_and_reading_it_then_fails_with_404() {
    String id = created("short-lived");

    assertThat(call("delete", null, "CamelServiceNowSysId", id).getException()).isNull();

    Exchange gone = call("retrieve", null, "CamelServiceNowSysId", id);
    assertThat(gone.getException()).isInstanceOf(ServiceNowException.class);
    assertThat(((ServiceNowException) gone.getException()).getMessage())
        .contains("No Record found");
  }

  @Test
  void pages_come_with_the_offset_of_the_next_one() {
    simulator.ask(() -> Seeding.add(simulator.instance(), "incident", 7, 1));

    Exchange first =
        call(
            "retrieve",
            null,
            "CamelServiceNowQuery",
            "ORDERBYnumber",
            "CamelServiceNowFields",
            "number",
            "CamelServiceNowLimit",
            4,
            "CamelServiceNowOffset",
            0);
    Exchange last =
        call(
            "retrieve",
            null,
            "CamelServiceNowQuery",
            "ORDERBYnumber",
            "CamelServiceNowFields",
            "number",
            "CamelServiceNowLimit",
            4,
            "CamelServiceNowOffset",
            8);

    assertThat(records(first)).hasSize(4);
    assertThat(first.getMessage().getHeader(ServiceNowConstants.OFFSET_NEXT)).isEqualTo("4");
    assertThat(records(last)).hasSize(2);
    assertThat(last.getMessage().getHeader(ServiceNowConstants.OFFSET_NEXT)).isNull();
  }

  @Test
  void a_refused_close_arrives_as_an_exception_with_the_platforms_words() {
    String id = created("not ready to close");

    Exchange refused = call("update", Map.of("state", "6"), "CamelServiceNowSysId", id);

    assertThat(refused.getException()).isInstanceOf(ServiceNowException.class);
    assertThat(((ServiceNowException) refused.getException()).getDetail())
        .isEqualTo(
            "Data Policy Exception: The following fields are mandatory: Resolution code,"
                + " Resolution notes");
  }

  @Test
  void wrong_credentials_and_unknown_tables_are_told_apart() {
    Exchange unknown = call("retrieve", null, "CamelServiceNowTable", "no_such_table");
    assertThat(((ServiceNowException) unknown.getException()).getMessage())
        .isEqualTo("Invalid table no_such_table");

    Exchange stranger = send(endpoint.replace("svc.bridge", "stranger"), "table", "retrieve", null);
    assertThat(((ServiceNowException) stranger.getException()).getMessage())
        .isEqualTo("User Not Authenticated");
  }

  @Test
  void display_values_come_as_pairs_when_all_are_asked_for() {
    Map<String, Object> one =
        records(
                call(
                    "retrieve",
                    null,
                    "CamelServiceNowQuery",
                    "assigned_to.email=pat.jones@example.com",
                    "CamelServiceNowDisplayValue",
                    "all"))
            .get(0);

    assertThat(one.get("state")).isEqualTo(Map.of("display_value", "In Progress", "value", "2"));
    assertThat(one.get("assigned_to").toString()).contains("Pat Jones");
  }

  @Test
  void an_oauth_endpoint_gets_its_token_with_the_client_in_a_basic_header() {
    String withToken =
        endpoint
            + "&oauthClientId="
            + OAuth.CLIENT_ID
            + "&oauthClientSecret="
            + OAuth.CLIENT_SECRET;

    assertThat(records(send(withToken, "table", "retrieve", null))).hasSize(3);
    assertThat(simulator.ask(() -> SnowClient.bare(simulator)).get("/_sim/requests").text())
        .contains("POST /oauth_token.do");
  }

  @Test
  void counts_come_from_the_aggregate_api() {
    Map<String, Object> stats =
        record(send(endpoint, "aggregate", "retrieve", null, "CamelServiceNowCount", true));

    assertThat(stats).containsEntry("stats", Map.of("count", "3"));
  }

  @Test
  void an_attachment_is_uploaded_listed_fetched_and_deleted() {
    String id = created("with a file");

    Map<String, Object> uploaded =
        record(
            send(
                endpoint,
                "attachment",
                "upload",
                "hello".getBytes(StandardCharsets.UTF_8),
                ServiceNowConstants.CONTENT_TYPE,
                "text/plain",
                "CamelServiceNowTableSysId",
                id,
                "CamelServiceNowFileName",
                "a.txt"));
    String file = (String) uploaded.get("sys_id");
    Exchange content = send(endpoint, "attachment", "content", null, "CamelServiceNowSysId", file);

    assertThat(uploaded).containsEntry("size_bytes", "5").containsEntry("file_name", "a.txt");
    assertThat(content.getException()).isNull();
    assertThat(content.getMessage().getBody(String.class)).isEqualTo("hello");
    assertThat(
            send(endpoint, "attachment", "delete", null, "CamelServiceNowSysId", file)
                .getException())
        .isNull();
  }

  @Test
  void an_import_set_row_becomes_an_incident() {
    List<Map<String, Object>> results =
        records(
            send(
                endpoint,
                "import",
                "create",
                Map.of("u_correlation_id", "key-1", "u_short_description", "imported"),
                "CamelServiceNowTable",
                "u_taskbridge_incident",
                ServiceNowConstants.RESPONSE_MODEL,
                Map.class));

    assertThat(results.get(0)).containsEntry("status", "inserted");
  }
}
