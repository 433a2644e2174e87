package dev.taskbridge.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.ScriptedServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a system's clock is ahead of ours, told by every answer that names a time. */
class ClockMeasureTest {
  private final CamelContext context = HttpRoutes.started();
  private final ScriptedServer server = new ScriptedServer();
  private final List<Duration> measured = new ArrayList<>();
  private final CamelHttp http =
      CamelHttp.connect(
          context,
          HttpSettings.of("demo", URI.create(server.origin() + "/api"), Credentials.anonymous()),
          Clock.fixed(Instant.parse("2024-02-29T23:59:30Z"), ZoneOffset.UTC),
          new HttpObserver() {
            @Override
            public void tried(String system, String operation, String outcome) {}

            @Override
            public void clockMeasured(String system, Duration ahead) {
              measured.add(ahead);
            }
          });

  @AfterEach
  void stop() {
    http.close();
    server.close();
    context.stop();
  }

  @Test
  void every_answer_tells_the_time_whatever_its_status() {
    server.then(
        ScriptedServer.json(200, "{}").with("Date", "Fri, 01 Mar 2024 00:00:40 GMT"),
        ScriptedServer.json(404, "{}").with("Date", "Thu, 29 Feb 2024 23:58:00 GMT"));

    http.send(Http.Request.get("read", "/v3/tasks"));
    http.send(Http.Request.get("read", "/v3/tasks/1"));

    assertThat(measured).containsExactly(Duration.ofSeconds(70), Duration.ofSeconds(-90));
  }

  @Test
  void an_answer_without_a_readable_time_tells_nothing() {
    server.then(
        ScriptedServer.json(200, "{}"),
        ScriptedServer.json(200, "{}").with("Date", "yesterday, about noon"));

    http.send(Http.Request.get("read", "/v3/tasks"));
    http.send(Http.Request.get("read", "/v3/tasks"));

    assertThat(measured).isEmpty();
  }
}
