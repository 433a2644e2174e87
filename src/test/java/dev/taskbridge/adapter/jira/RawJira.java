package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.simulator.jira.JiraSimulator;
import io.vertx.core.json.JsonObject;

/** Jira as somebody else's script would use it. */
record RawJira(Http http) {
  RawJira(TicketBench bench) {
    this(JiraWorld.line((JiraSimulator) bench.simulator()));
  }

  JsonObject post(String target, String body) {
    return send("POST", target, body);
  }

  JsonObject put(String target, String body) {
    return send("PUT", target, body);
  }

  JsonObject get(String target) {
    return send("GET", target, "");
  }

  void delete(String target) {
    send("DELETE", target, "");
  }

  void archive(String key) {
    Http.Answer dataCenter =
        http.send(Http.Request.once("", "PUT", "/rest/api/2/issue/" + key + "/archive", ""));
    if (((Http.Response) dataCenter).status() >= 300) {
      put("/rest/api/3/issue/archive", "{\"issueIdsOrKeys\": [\"" + key + "\"]}");
    }
  }

  private JsonObject send(String method, String target, String body) {
    Http.Answer answer = http.send(Http.Request.once("", method, target, body));
    assertThat(answer).isInstanceOf(Http.Response.class);
    Http.Response response = (Http.Response) answer;
    assertThat(response.status()).as(response.text()).isBetween(200, 299);
    return response.body().length == 0 ? new JsonObject() : new JsonObject(response.text());
  }
}
