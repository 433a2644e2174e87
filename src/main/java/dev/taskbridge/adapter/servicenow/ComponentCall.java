package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.http.NotSent;
import dev.taskbridge.adapter.http.Wire;
import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.servicenow.ServiceNowComponent;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Stands on both sides of camel-servicenow in the route {@code direct:<system>.records}, bean
 * {@code <system>.component}. What came back is taken from the {@link Tap} and put into the form
 * that camel-http would give, because the component shows neither status nor headers, loses the
 * status of answers without its JSON, and takes a list that broke off for a success (all seen with
 * 4.17.0); so pacing, retries and metrics are the same as those of plain HTTP. Thread-safe.
 */
public final class ComponentCall {
  /** Exchange property: the {@link Asked} of this call. */
  static final String ASKED = "taskbridge.servicenow.asked";

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /**
   * One call as the component takes it.
   *
   * @param headers named {@code CamelServiceNow*}
   * @param body the columns to write, null for none
   */
  record Asked(Map<String, Object> headers, @Nullable Object body) {
    static Asked of(Map<String, Object> headers) {
      return new Asked(headers, null);
    }
  }

  private final CamelContext camel;
  private final String system;

  private ComponentCall(CamelContext camel, String system) {
    this.camel = camel;
    this.system = system;
  }

  /** Registers the component under the scheme {@code <system>-servicenow}, and this bean. */
  static ComponentCall register(CamelContext camel, ServiceNowSettings settings) {
    Tap.install();
    String scheme = settings.system() + "-servicenow";
    camel.removeComponent(scheme);
    camel.addComponent(scheme, component(settings.url(), settings.timeout()));
    ComponentCall call = new ComponentCall(camel, settings.system());
    camel.getRegistry().bind(settings.system() + ".component", call);
    return call;
  }

  private static ServiceNowComponent component(URI url, Duration timeout) {
    HTTPClientPolicy policy = new HTTPClientPolicy();
    policy.setReceiveTimeout(timeout.toMillis());
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

  /**
   * Puts the call into the form that the component takes.
   *
   * @throws NotSent if there is no token to be had
   */
  public void ask(Exchange exchange) throws IOException {
    Asked asked = exchange.getProperty(ASKED, Asked.class);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    asked.headers().forEach(message::setHeader);
    message.setBody(asked.body());
    Tap.open(wire().identity());
  }

  /**
   * Puts what came over the wire in place of what the component made of it.
   *
   * @throws IOException if nothing came, or not all of it
   */
  public void answer(Exchange exchange) throws IOException {
    Optional<Tap.Captured> captured = Tap.close();
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
    if (captured.isEmpty()) {
      throw noAnswer(failure);
    }
    if (captured.get().broken().isPresent()) {
      throw new IOException("the answer broke off: " + captured.get().broken().get());
    }
    Message message = exchange.getMessage();
    // A model or an offset that stays behind would change the next call.
    message.removeHeaders("*");
    captured.get().headers().forEach(message::setHeader);
    message.setHeader(HttpConstants.HTTP_RESPONSE_CODE, captured.get().status());
    message.setBody(captured.get().body());
  }

  boolean mayRecover() {
    return wire().mayRecover();
  }

  /** What paces and counts this system's requests over plain HTTP. */
  private Wire wire() {
    Wire wire = camel.getRegistry().lookupByNameAndType(system + ".wire", Wire.class);
    if (wire == null) {
      throw new IllegalStateException("the way to " + system + " over HTTP is not open");
    }
    return wire;
  }

  private static IOException noAnswer(@Nullable Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnresolvedAddressException
          || cause instanceof SSLHandshakeException) {
        return new NotSent(new Refusal.Unreachable("cannot connect: " + name(cause)), cause);
      }
    }
    return new IOException(root == null ? "the component gave no answer" : name(root), failure);
  }

  private static String name(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
