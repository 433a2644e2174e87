package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;

/**
 * Makes camel-http's client the one we want: it signs each request as it leaves, follows no
 * redirect (credentials would follow, too), keeps no cookies, repeats nothing by itself, bounds
 * what it reads, and tells a request that never left from one that may have arrived.
 */
final class SystemClient implements HttpClientConfigurer {
  /**
   * Carries the request target from the route to here, where it is put on the request line as it
   * stands; camel-http would re-encode some of it, and a signature covers every byte. Never sent.
   */
  static final String TARGET = "taskbridge-target";

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String CONNECTED = "taskbridge.connected";
  private static final TimeValue KEPT_OPEN = TimeValue.ofSeconds(30);

  private final HttpSettings settings;
  private final Authorizer authorizer;
  private final Clock clock;

  SystemClient(HttpSettings settings, Authorizer authorizer, Clock clock) {
    this.settings = settings;
    this.authorizer = authorizer;
    this.clock = clock;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setKeepAliveStrategy((response, context) -> KEPT_OPEN)
        .addExecInterceptorFirst("taskbridge.call", this::call)
        .addExecInterceptorLast("taskbridge.connected", SystemClient::connected)
        .addRequestInterceptorLast((request, entity, context) -> authorizer.authorize(request));
  }

  private ClassicHttpResponse call(ClassicHttpRequest request, Scope scope, ExecChain chain)
      throws IOException, HttpException {
    address(request);
    if (request.getEntity() != null
        && request.getEntity().getContentLength() == 0
        && isWithoutBody(request.getMethod())) {
      // Else a GET would carry a Content-Length of zero, which some firewalls refuse.
      request.setEntity(null);
    }
    ClassicHttpResponse response = once(request, scope, chain);
    if (response.getCode() == 401 && authorizer.mayRecover()) {
      // A 401 was not executed, so this repeats nothing.
      response.close();
      ClassicHttpRequest again = ClassicRequestBuilder.copy(scope.originalRequest).build();
      address(again);
      response = once(again, scope, chain);
    }
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      response.setEntity(
          new BoundedEntity(
              entity, settings.longestAnswer(), settings.readTimeout().multipliedBy(3)));
    }
    return response;
  }

  private void address(ClassicHttpRequest request) {
    Header target = request.getFirstHeader(TARGET);
    if (target != null) {
      request.removeHeaders(TARGET);
      request.setPath(settings.basePath() + target.getValue());
    }
    if (request.getMethod().equals("DELETE") && request.getFirstHeader(CONTENT_TYPE) == null) {
      // Jira Cloud answers 415 to a DELETE without it, though there is no body (seen).
      request.setHeader(CONTENT_TYPE, "application/json");
    }
  }

  private ClassicHttpResponse once(ClassicHttpRequest request, Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.removeAttribute(CONNECTED);
    try {
      return chain.proceed(request, scope);
    } catch (NotSent e) {
      throw e;
    } catch (ConnectionRequestTimeoutException e) {
      throw new NotSent(
          new Refusal.Busy(
              clock.instant().plus(Duration.ofSeconds(1)),
              "all " + settings.connections() + " connections to " + host() + " are in use"),
          e);
    } catch (IOException e) {
      if (scope.clientContext.getAttribute(CONNECTED) == null) {
        throw new NotSent(
            new Refusal.Unreachable("cannot connect to " + host() + ": " + Words.of(e)), e);
      }
      throw e;
    }
  }

  /** Runs when a connection stands and before the first byte of the request. */
  private static ClassicHttpResponse connected(
      ClassicHttpRequest request, Scope scope, ExecChain chain) throws IOException, HttpException {
    scope.clientContext.setAttribute(CONNECTED, true);
    return chain.proceed(request, scope);
  }

  private String host() {
    return settings.url().getScheme() + "://" + settings.url().getAuthority();
  }

  private static boolean isWithoutBody(String method) {
    return method.equals("GET")
        || method.equals("DELETE")
        || method.equals("HEAD")
        || method.equals("OPTIONS");
  }
}
