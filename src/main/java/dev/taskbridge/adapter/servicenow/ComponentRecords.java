package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowComponent;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The Table API through camel-servicenow: the transport {@code component}. The route {@code
 * direct:<system>.records} carries each call; what came back is taken from the {@link Wire},
 * because the component shows neither status nor headers, loses the status of answers without its
 * JSON, and takes a list that broke off for a success (all seen with 4.17.0).
 */
public final class ComponentRecords implements Records {
  /** The server gives up after 60 s (documented) and should be the first to say so. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final ProducerTemplate template;
  private final String route;
  private final Identity identity;
  private final Clock clock;

  /**
   * Registers the component that the route of {@code settings.system()} sends to.
   *
   * @param camel where the route is, or will be
   */
  public ComponentRecords(
      CamelContext camel, ServiceNowSettings settings, Identity identity, Clock clock) {
    this(camel, settings, identity, clock, PATIENCE);
  }

  ComponentRecords(
      CamelContext camel,
      ServiceNowSettings settings,
      Identity identity,
      Clock clock,
      Duration patience) {
    this.template = camel.createProducerTemplate();
    this.route = "direct:" + settings.system() + ".records";
    this.identity = identity;
    this.clock = clock;
    Wire.tap();
    camel.addComponent(scheme(settings.system()), component(settings.url(), patience));
  }

  /** The scheme under which the route finds the component with this system's URL. */
  static String scheme(String system) {
    return system + "-servicenow";
  }

  private static ServiceNowComponent component(URI url, Duration patience) {
    HTTPClientPolicy policy = new HTTPClientPolicy();
    policy.setReceiveTimeout(patience.toMillis());
    policy.setConnectionTimeout(CONNECTING.toMillis());
    policy.setAutoRedirect(false);
    // Over plain HTTP the default asks for an upgrade to HTTP/2 (seen).
    policy.setVersion("1.1");
    ServiceNowConfiguration configuration = new ServiceNowConfiguration();
    configuration.setApiUrl(url.toString().replaceAll("/+$", "") + "/api");
    configuration.setApiVersion("v2");
    configuration.setHttpClientPolicy(policy);
    ServiceNowComponent component = new ServiceNowComponent();
    component.setConfiguration(configuration);
    return component;
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
    return call(headers, null);
  }

  @Override
  public Http.Answer one(String table, String sysId, Shape shape) {
    Map<String, Object> headers = headers("retrieve", table, shape);
    headers.put(ServiceNowConstants.PARAM_SYS_ID, sysId);
    return call(headers, null);
  }

  @Override
  public Http.Answer create(String table, Map<String, String> values, Shape shape) {
    return call(headers("create", table, shape), values);
  }

  @Override
  public Http.Answer update(String table, String sysId, Map<String, String> values, Shape shape) {
    Map<String, Object> headers = headers("update", table, shape);
    headers.put(ServiceNowConstants.PARAM_SYS_ID, sysId);
    return call(headers, values);
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

  private Http.Answer call(Map<String, Object> headers, @Nullable Object body) {
    Map<String, String> who = identity.headers();
    Http.Answer answer = once(headers, body, who);
    return answer instanceof Http.Response response
            && response.status() == 401
            && identity.renewed(who)
        ? once(headers, body, identity.headers())
        : answer;
  }

  private Http.Answer once(
      Map<String, Object> headers, @Nullable Object body, Map<String, String> who) {
    Exchange[] sent = new Exchange[1];
    Optional<Wire.Captured> captured =
        Wire.during(
            who,
            () ->
                sent[0] =
                    template.send(
                        route,
                        exchange -> {
                          exchange.getMessage().setHeaders(new HashMap<>(headers));
                          exchange.getMessage().setBody(body);
                        }));
    if (captured.isPresent()) {
      return captured
          .get()
          .broken()
          .<Http.Answer>map(
              why -> new Http.NoAnswer(new Refusal.Unknown("the answer broke off: " + why)))
          .orElseGet(() -> captured.get().response(clock));
    }
    return new Http.NoAnswer(noAnswer(failure(sent[0])));
  }

  private static @Nullable Throwable failure(Exchange exchange) {
    Throwable failure = exchange.getException();
    return failure != null
        ? failure
        : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }

  private static Refusal noAnswer(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnresolvedAddressException
          || cause instanceof SSLHandshakeException) {
        return new Refusal.Unreachable("no connection: " + name(cause));
      }
    }
    return new Refusal.Unknown(
        "no answer: " + (failure == null ? "the route gave none" : name(root(failure))));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String name(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
