package dev.taskbridge.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the three simulators share: a real HTTP server on loopback, request counts, faults on the
 * wire and the control calls under {@code /_sim}. A product adds its operations with {@link #on}.
 *
 * <p>Everything a simulator holds is confined to one event-loop thread; other threads get at it
 * with {@link #ask}.
 */
public abstract class SimulatorServer implements AutoCloseable {
  private static final Pattern PATH_PARAMETER = Pattern.compile(":[A-Za-z][A-Za-z0-9]*");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The time this simulated system believes it is. */
  protected final SimulatedClock clock = new SimulatedClock();

  private final String name;
  private final Vertx vertx;
  private final Router router;
  private final RequestCounts counts = new RequestCounts();
  private final Traffic traffic = new Traffic();
  private Faults faults = Faults.NONE;
  private Random dice = new Random(faults.seed());
  private long limitedSecond = -1;
  private int requestsThisSecond;
  private int port;

  /**
   * @param name what people call the system, for messages
   */
  protected SimulatorServer(String name) {
    this.name = name;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                // The work is done on the event loop on purpose; a long list is no alarm.
                .setMaxEventLoopExecuteTime(PATIENCE.toNanos())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    this.router = Router.router(vertx);
    router.route().handler(Wire::readBody);
    control();
  }

  /** The fixed credentials this system accepts, as {@code GET /_sim/credentials} shows them. */
  protected abstract JsonObject credentials();

  /** The same for whoever runs this simulator, from any thread. */
  public final JsonObject acceptedCredentials() {
    return ask(this::credentials);
  }

  /** Everything this system holds. */
  protected abstract JsonObject state();

  /**
   * Adds content that is the same for the same arguments.
   *
   * @param request {@code {"tasks": n, "seed": s}} and what the product understands beyond that
   */
  protected abstract JsonObject seed(JsonObject request);

  /** The product's traps and their present setting; the default is what the product does. */
  protected abstract JsonObject switches();

  /**
   * Changes some switches.
   *
   * @throws IllegalArgumentException naming the switch that is unknown or the value it refuses
   */
  protected abstract void setSwitches(JsonObject changes);

  /** How this product words an error that a fault makes it give. */
  protected abstract Reply error(int status);

  /** How this product says that it is asked too often. */
  protected abstract Reply tooManyRequests(Duration retryAfter);

  /**
   * Serves one operation.
   *
   * @param pattern a Vert.x Web path such as {@code /rest/api/3/issue/:id}; its {@code :name} parts
   *     are counted as {@code {id}}
   */
  protected final void on(String method, String pattern, Operation operation) {
    String counted = method + " " + PATH_PARAMETER.matcher(pattern).replaceAll("{id}");
    router
        .route(HttpMethod.valueOf(method), pattern)
        .handler(context -> serve(context, counted, operation));
  }

  /** Serves what no pattern matched. Call it after every {@link #on}. */
  protected final void otherwise(Operation operation) {
    router
        .route()
        .handler(
            context ->
                serve(
                    context,
                    context.request().method() + " " + context.request().path(),
                    operation));
  }

  /** The faults in force. */
  protected final Faults faults() {
    return faults;
  }

  /** Runs {@code work} on the simulator's thread after {@code delay}. */
  protected final void later(Duration delay, Runnable work) {
    vertx.setTimer(Math.max(1, delay.toMillis()), id -> work.run());
  }

  /** Runs {@code work} every {@code period} on the simulator's thread until the server closes. */
  protected final void every(Duration period, Runnable work) {
    vertx.setPeriodic(Math.max(1, period.toMillis()), id -> work.run());
  }

  /**
   * Starts listening on loopback.
   *
   * @param wantedPort 0 picks a free one
   * @throws IllegalStateException if the port is taken
   */
  protected final void listen(int wantedPort) {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxInitialLineLength(128 * 1024)
                    .setMaxHeaderSize(128 * 1024)
                    // Over HTTP/2 a reset would end the requests beside it, too, and its limit
                    // of header sizes is another one.
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout(0)
                    .setCompressionSupported(false))
            .requestHandler(router);
    try {
      port =
          server
              .listen(wantedPort, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .actualPort();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(
          name + " simulator cannot listen on port " + wantedPort + ": " + rootMessage(e), e);
    }
  }

  public final String name() {
    return name;
  }

  public final int port() {
    return port;
  }

  /** Such as {@code http://127.0.0.1:8101}, without a path. */
  public final String origin() {
    return "http://127.0.0.1:" + port;
  }

  public final SimulatedClock clock() {
    return clock;
  }

  /** Runs {@code work} on the simulator's thread and waits for its result. */
  public final <T> T ask(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    vertx.runOnContext(
        ignored -> {
          try {
            result.complete(work.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(name + " simulator: " + rootMessage(e), e);
    }
  }

  @Override
  public final void close() {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(name + " simulator did not stop: " + rootMessage(e), e);
    }
  }

  private void control() {
    controlCall("GET", "/_sim/requests", call -> Reply.json(200, counts.toJson()));
    controlCall(
        "DELETE",
        "/_sim/requests",
        call -> {
          counts.clear();
          return Reply.json(200, counts.toJson());
        });
    controlCall("GET", "/_sim/traffic", call -> Reply.json(200, traffic.toJson()));
    controlCall("PUT", "/_sim/traffic", call -> Reply.json(200, traffic.set(object(call))));
    controlCall("GET", "/_sim/faults", call -> Reply.json(200, faults.toJson()));
    controlCall(
        "PUT",
        "/_sim/faults",
        call -> {
          faults = faults.with(object(call));
          dice = new Random(faults.seed());
          return Reply.json(200, faults.toJson());
        });
    controlCall("POST", "/_sim/seed", call -> Reply.json(200, seed(object(call))));
    controlCall("GET", "/_sim/state", call -> Reply.json(200, state()));
    controlCall("GET", "/_sim/credentials", call -> Reply.json(200, credentials()));
    controlCall("GET", "/_sim/switches", call -> Reply.json(200, switches()));
    controlCall(
        "PUT",
        "/_sim/switches",
        call -> {
          setSwitches(object(call));
          return Reply.json(200, switches());
        });
    controlCall("GET", "/_sim/clock", call -> Reply.json(200, clockJson()));
    controlCall(
        "PUT",
        "/_sim/clock",
        call -> {
          clock.setOffset(Duration.ofMillis(object(call).getLong("offsetMillis")));
          return Reply.json(200, clockJson());
        });
  }

  private JsonObject clockJson() {
    return new JsonObject()
        .put("now", clock.instant().toString())
        .put("offsetMillis", clock.offset().toMillis());
  }

  private static JsonObject object(Call call) {
    return call.json().map(JsonObject.class::cast).orElseGet(JsonObject::new);
  }

  /** Serves a control call of one product: neither counted nor subject to faults. */
  protected final void controlCall(String method, String path, Operation operation) {
    router
        .route(HttpMethod.valueOf(method), path)
        .handler(
            context -> {
              try {
                Wire.send(clock, context, operation.answer(Wire.call(context)));
              } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
                Wire.send(
                    clock, context, Reply.json(400, new JsonObject().put("error", e.getMessage())));
              }
            });
  }

  private void serve(RoutingContext context, String counted, Operation operation) {
    counts.count(counted);
    traffic.came(Wire.call(context));
    if (faults.latency().isZero()) {
      serveNow(context, operation);
    } else {
      later(faults.latency(), () -> serveNow(context, operation));
    }
  }

  private void serveNow(RoutingContext context, Operation operation) {
    if (overLimit()) {
      Wire.send(clock, context, tooManyRequests(Duration.ofSeconds(1)));
    } else if (dice.nextDouble() < faults.resetRate()) {
      context.request().connection().close();
    } else if (dice.nextDouble() < faults.errorRate()) {
      Wire.send(
          clock,
          context,
          error(faults.errorStatuses().get(dice.nextInt(faults.errorStatuses().size()))));
    } else {
      Reply reply = answer(context, operation);
      if (dice.nextDouble() < faults.lostResponseRate()) {
        context.request().connection().close();
      } else if (dice.nextDouble() < faults.malformedRate() && reply.body().length > 1) {
        // The length is honest, the content is not: clients must survive JSON that ends early.
        Wire.send(
            clock,
            context,
            new Reply(
                reply.status(),
                reply.headers(),
                Arrays.copyOf(reply.body(), reply.body().length / 2)));
      } else {
        Wire.send(clock, context, reply);
      }
    }
  }

  private Reply answer(RoutingContext context, Operation operation) {
    try {
      return operation.answer(Wire.call(context));
    } catch (ReplyException e) {
      return e.reply();
    } catch (RuntimeException e) {
      // A bug of the simulator: loud in the test's output, a 500 on the wire.
      System.err.println(name + " simulator failed at " + context.request().uri() + ": " + e);
      e.printStackTrace();
      return error(500);
    }
  }

  private boolean overLimit() {
    if (faults.rateLimitPerSecond() == 0) {
      return false;
    }
    long second = clock.instant().getEpochSecond();
    if (second != limitedSecond) {
      limitedSecond = second;
      requestsThisSecond = 0;
    }
    return ++requestsThisSecond > faults.rateLimitPerSecond();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
