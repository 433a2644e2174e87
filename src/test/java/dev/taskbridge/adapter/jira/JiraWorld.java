package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.JdkHttp;
import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystemContract.World;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.simulator.jira.JiraSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A fresh simulated Jira and an adapter that speaks to it. */
final class JiraWorld {
  static final List<FieldName> FIELDS =
      List.of(
          FieldName.TITLE,
          FieldName.DESCRIPTION,
          FieldName.STATUS,
          FieldName.ASSIGNEE,
          FieldName.DUE_DATE,
          FieldName.PRIORITY,
          FieldName.LABELS);
  static final Scope SCOPE =
      new Scope(
          Map.of("project", "SEC", "type", "Task"),
          FIELDS,
          Map.of("Resolved", Map.of("resolution", "Done")));

  private JiraWorld() {}

  static final JiraSettings SETTINGS =
      JiraSettings.of("jira-soc", "https://jira.example.com", Duration.ZERO);

  static World open(Flavour flavour) {
    JiraSimulator simulator = JiraSimulator.start(0, flavour);
    JiraSystem system = new JiraSystem(http(simulator), SETTINGS, Clock.systemUTC());
    return new World(system, SCOPE, simulator, "To Do", "In Progress", "Done", "High");
  }

  static TicketBench bench(Flavour flavour) {
    return bench(flavour, SCOPE, SETTINGS);
  }

  static TicketBench bench(Flavour flavour, Scope scope, JiraSettings settings) {
    JiraSimulator simulator = JiraSimulator.start(0, flavour);
    return new TicketBench(
        new JiraSystem(http(simulator), settings, Clock.systemUTC()), scope, simulator);
  }

  /** Another adapter before the same Jira, which has learned nothing yet. */
  static TicketBench restarted(TicketBench bench) {
    return with(bench, bench.scope(), SETTINGS);
  }

  static TicketBench with(TicketBench bench, Scope scope, JiraSettings settings) {
    JiraSimulator simulator = (JiraSimulator) bench.simulator();
    return new TicketBench(
        new JiraSystem(http(simulator), settings, Clock.systemUTC()), scope, simulator);
  }

  /** The same adapter over a line that loses the answers to one operation. */
  static TicketBench losing(TicketBench bench, String operation) {
    Http good = http((JiraSimulator) bench.simulator());
    return over(
        bench,
        request -> {
          Http.Answer answer = good.send(request);
          return request.operation().equals(operation)
              ? new Http.NoAnswer(new Refusal.Unknown("the line went dead"))
              : answer;
        });
  }

  /** The same adapter before a Jira that ignores a field in every body, and says nothing of it. */
  static TicketBench ignoring(TicketBench bench, String fieldId) {
    Http good = http((JiraSimulator) bench.simulator());
    return over(bench, request -> good.send(without(fieldId, request)));
  }

  private static Http.Request without(String fieldId, Http.Request request) {
    if (request.body().isEmpty()) {
      return request;
    }
    JsonObject body = new JsonObject(request.body());
    body.getJsonArray("issueUpdates", new JsonArray().add(body))
        .forEach(
            element -> {
              if (((JsonObject) element).getValue("fields") instanceof JsonObject fields) {
                fields.remove(fieldId);
              }
            });
    return new Http.Request(
        request.operation(),
        request.method(),
        request.target(),
        body.encode(),
        request.repeatable());
  }

  private static TicketBench over(TicketBench bench, Http http) {
    return new TicketBench(
        new JiraSystem(http, SETTINGS, Clock.systemUTC()), bench.scope(), bench.simulator());
  }

  /** The adapter's way to Jira: what it sends is what Jira publishes, or the test fails. */
  static Http http(JiraSimulator simulator) {
    JdkHttp line = line(simulator);
    boolean cloud = simulator.acceptedCredentials().getString("user").contains("@");
    JiraDescription description = JiraDescription.of(cloud ? Flavour.CLOUD : Flavour.DATA_CENTER);
    return request -> {
      // Which product it is cannot be known when this is asked.
      if (!request.target().endsWith("/serverInfo")) {
        assertThat(description.complaints(sent(request)))
            .as("%s %s %s", request.method(), request.target(), request.body())
            .isEmpty();
      }
      return line.send(request);
    };
  }

  private static JsonObject sent(Http.Request request) {
    return new JsonObject()
        .put("method", request.method())
        .put("target", request.target())
        .put("contentType", request.method().equals("GET") ? "" : "application/json")
        .put("body", request.body());
  }

  /** A way for people, who send what they like. */
  static JdkHttp line(JiraSimulator simulator) {
    JsonObject credentials =
        new JsonObject(TicketBench.call(simulator.origin(), "GET", "/_sim/credentials", ""));
    String pair = credentials.getString("user") + ":" + credentials.getString("token");
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new JdkHttp(simulator.origin(), () -> Map.of("Authorization", basic));
  }
}
