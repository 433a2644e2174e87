package dev.taskbridge.adapter.http;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;

/**
 * {@link Http} through the route {@code direct:<system>.http}, which {@link #connect} makes from
 * the templates in {@code routes/http.yaml}. Thread-safe.
 *
 * <p>What an adapter can count on:
 *
 * <ul>
 *   <li>the target goes over the wire exactly as given, credentials are added below the route;
 *   <li>a repeatable request is tried again for some seconds after an I/O error, a time-out, 408,
 *       425 and 5xx; another one only if it certainly was not executed; 429 is an answer;
 *   <li>after a 429, a {@code Retry-After} or an exhausted quota, requests that would have to wait
 *       longer than {@link HttpSettings#longestHold} get {@code NoAnswer(Busy(until))} without
 *       being sent (see {@code Pace});
 *   <li>redirects come back as the answers they are.
 * </ul>
 */
public final class CamelHttp implements Http, AutoCloseable {
  private static final String CALL = "http.call";
  private static final String TRY = "http.try";

  private final CamelContext context;
  private final String system;
  private final ProducerTemplate template;
  private final Pace pace;
  private final FormClient forms;

  private CamelHttp(
      CamelContext context, String system, ProducerTemplate template, Pace pace, FormClient forms) {
    this.context = context;
    this.system = system;
    this.template = template;
    this.pace = pace;
    this.forms = forms;
  }

  /**
   * Opens the way to one system, replacing an earlier one of the same name.
   *
   * @throws IllegalStateException if {@code routes/http.yaml} is not loaded or cannot be used
   */
  public static CamelHttp connect(
      CamelContext context, HttpSettings settings, Clock clock, HttpObserver observer) {
    String system = settings.system();
    removeRoutes(context, system);
    Pace pace = new Pace(clock);
    FormClient forms = new FormClient(settings);
    Authorizer authorizer = Authorizer.of(settings.credentials(), clock, forms);
    context.getRegistry().bind(system + ".client", new SystemClient(settings, authorizer, clock));
    context
        .getRegistry()
        .bind(system + ".wire", new Wire(settings, authorizer, pace, clock, observer));
    try {
      TemplatedRouteBuilder.builder(context, TRY)
          .routeId(system + ".http-try")
          .parameter("system", system)
          .parameter("url", settings.base())
          .parameter("connectTimeout", settings.connectTimeout().toMillis())
          .parameter("readTimeout", settings.readTimeout().toMillis())
          .parameter("connections", settings.connections())
          .add();
      TemplatedRouteBuilder.builder(context, CALL)
          .routeId(system + ".http")
          .parameter("system", system)
          .add();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot open the way to "
              + system
              + ": are the templates http.call and http.try of routes/http.yaml loaded?",
          e);
    }
    return new CamelHttp(context, system, context.createProducerTemplate(), pace, forms);
  }

  @Override
  public Answer send(Request request) {
    Exchange exchange =
        template.send(
            "direct:" + system + ".http",
            ExchangePattern.InOut,
            out -> out.getMessage().setBody(request));
    Exception failure = exchange.getException();
    if (failure == null) {
      return exchange.getMessage().getBody(Answer.class);
    }
    if (failure instanceof RejectedExecutionException) {
      // The program stops while a request waits for its next try.
      return new NoAnswer(new Refusal.Unknown("interrupted: the program is stopping"));
    }
    throw new IllegalStateException(
        "the route " + system + ".http failed at " + request.operation(), failure);
  }

  /** Until when the system asked not to be called; empty if it did not. */
  public Optional<Instant> throttledUntil() {
    return pace.throttledUntil();
  }

  /** Closes connections and removes the routes. */
  @Override
  public void close() {
    removeRoutes(context, system);
    try {
      template.close();
      forms.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeRoutes(CamelContext context, String system) {
    for (String id : new String[] {system + ".http", system + ".http-try"}) {
      try {
        if (context.getRoute(id) != null) {
          context.getRouteController().stopRoute(id);
          context.removeRoute(id);
        }
      } catch (Exception e) {
        throw new IllegalStateException("cannot remove the route " + id, e);
      }
    }
  }
}
