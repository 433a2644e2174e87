package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowConstants;

/**
 * The Table API through camel-servicenow: the transport {@code component}. The route {@code
 * direct:<system>.records} carries each call; {@link ComponentCall} stands on both sides of the
 * component in it.
 */
public final class ComponentRecords implements Records {
  private final ProducerTemplate template;
  private final String route;
  private final ComponentCall call;

  /**
   * Registers what the route needs: the component with the system's URL, and the bean that stands
   * around it.
   *
   * @param camel where the route is, or will be
   */
  public ComponentRecords(CamelContext camel, ServiceNowSettings settings) {
    this.template = camel.createProducerTemplate();
    this.route = "direct:" + settings.system() + ".records";
    this.call = ComponentCall.register(camel, settings);
  }

  @Override
  public Http.Answer list(Listing listing) {
    Map<String, Object> headers = headers("retrieve", listing.table(), listing.shape());
    headers.put(ServiceNowConstants.SYSPARM_QUERY, escaped(listing.query()));
    headers.put(ServiceNowConstants.SYSPARM_LIMIT, listing.limit());
    if (listing.offset() > 0) {
      headers.put(ServiceNowConstants.SYSPARM_OFFSET, listing.offset());
    }
    headers.put(ServiceNowConstants.SYSPARM_SUPPRESS_PAGINATION_HEADER, true);
    return send(Http.Request.get("list", TableApi.list(listing)), ComponentCall.Asked.of(headers));
  }

  @Override
  public Http.Answer one(String table, String sysId, Shape shape) {
    Map<String, Object> headers = headers("retrieve", table, shape);
    headers.put(ServiceNowConstants.PARAM_SYS_ID, sysId);
    return send(
        Http.Request.get("read", TableApi.one(table, sysId, shape)),
        ComponentCall.Asked.of(headers));
  }

  @Override
  public Http.Answer create(String table, Map<String, String> values, Shape shape) {
    return send(
        Http.Request.once("create", "POST", TableApi.many(table, shape), TableApi.body(values)),
        new ComponentCall.Asked(headers("create", table, shape), values));
  }

  @Override
  public Http.Answer update(String table, String sysId, Map<String, String> values, Shape shape) {
    Map<String, Object> headers = headers("update", table, shape);
    headers.put(ServiceNowConstants.PARAM_SYS_ID, sysId);
    return send(
        Http.Request.absolute(
            "update", "PATCH", TableApi.one(table, sysId, shape), TableApi.body(values)),
        new ComponentCall.Asked(headers, values));
  }

  private static Map<String, Object> headers(String action, String table, Shape shape) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(ServiceNowConstants.RESOURCE, ServiceNowConstants.RESOURCE_TABLE);
    headers.put(ServiceNowConstants.ACTION, action);
    headers.put(ServiceNowConstants.PARAM_TABLE_NAME, table);
    if (!shape.fields().isEmpty()) {
      headers.put(ServiceNowConstants.SYSPARM_FIELDS, String.join(",", shape.fields()));
    }
    headers.put(ServiceNowConstants.SYSPARM_DISPLAY_VALUE, shape.labels() ? "all" : "false");
    headers.put(ServiceNowConstants.SYSPARM_EXCLUDE_REFERENCE_LINK, true);
    headers.put(ServiceNowConstants.RESPONSE_MODEL, String.class);
    return headers;
  }

  /** The component passes {@code %41} through as an escape and encodes a lone {@code %} (seen). */
  private static String escaped(String query) {
    return query.replace("%", "%25");
  }

  /** A request that was refused for its token was not executed, so it may be sent again. */
  private Http.Answer send(Http.Request request, ComponentCall.Asked asked) {
    Http.Answer answer = once(request, asked);
    return answer instanceof Http.Response response && response.status() == 401 && call.mayRecover()
        ? once(request, asked)
        : answer;
  }

  private Http.Answer once(Http.Request request, ComponentCall.Asked asked) {
    Exchange exchange =
        template.send(
            route,
            ExchangePattern.InOut,
            out -> {
              out.setProperty(ComponentCall.ASKED, asked);
              out.getMessage().setBody(request);
            });
    Http.Answer answer = exchange.getMessage().getBody(Http.Answer.class);
    if (exchange.getException() != null || answer == null) {
      throw new IllegalStateException(
          "the route " + route + " failed at " + request.operation(), exchange.getException());
    }
    return answer;
  }
}
