package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import java.util.Map;

/** The Table API through the {@link Http} port: the transport {@code http}. */
public final class HttpRecords implements Records {
  private final Http http;

  public HttpRecords(Http http) {
    this.http = http;
  }

  @Override
  public Http.Answer list(Listing listing) {
    return http.send(Http.Request.get("list", TableApi.list(listing)));
  }

  @Override
  public Http.Answer one(String table, String sysId, Shape shape) {
    return http.send(Http.Request.get("read", TableApi.one(table, sysId, shape)));
  }

  @Override
  public Http.Answer create(String table, Map<String, String> values, Shape shape) {
    return http.send(
        Http.Request.once("create", "POST", TableApi.many(table, shape), TableApi.body(values)));
  }

  @Override
  public Http.Answer update(String table, String sysId, Map<String, String> values, Shape shape) {
    return http.send(
        Http.Request.absolute(
            "update", "PATCH", TableApi.one(table, sysId, shape), TableApi.body(values)));
  }
}
