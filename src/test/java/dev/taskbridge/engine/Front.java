package dev.taskbridge.engine;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A server that stands before a simulated system and passes on what only the bridge sends, so that
 * a test can let one request of its choosing go wrong, or do something at that very moment.
 */
final class Front implements AutoCloseable {

  /** One request as it came in; the target with its query. */
  record Asked(String method, String target, String body) {
    /** Whether it may change something there, as far as its method and path tell. */
    boolean isWrite() {
      return !method.equals("GET")
          && !method.equals("OPTIONS")
          && !target.contains("/search")
          && !target.contains("/bulkfetch")
          && !target.contains("/comment/list")
          && !isReadingBatch();
    }

    private boolean isReadingBatch() {
      return target.contains("/batch")
          && !body.contains("\"POST\"")
          && !body.contains("\"PATCH\"")
          && !body.contains("\"PUT\"");
    }

    /** Such as {@code PUT /rest/api/3/issue/{id}}. */
    String operation() {
      int question = target.indexOf('?');
      String path = question < 0 ? target : target.substring(0, question);
      return method
          + " "
          + path.replaceAll(
              "/[0-9a-f]{32}(?=/|$)|(?<!/api)/\\d+(?=/|$)|/[A-Z]+-\\d+(?=/|$)", "/{id}");
    }
  }

  /** An answer on its way back. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    Answer with(String header, String value) {
      Map<String, String> more = new java.util.LinkedHashMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, body);
    }
  }

  /** What becomes of a request. */
  sealed interface Fate {}

  /** It is passed on, and so is its answer. */
  record Pass() implements Fate {}

  /** It is not passed on; this is the answer. */
  record Instead(Answer answer) implements Fate {}

  /** It is not passed on, and the connection is closed. */
  record Reset() implements Fate {}

  /** It is not passed on, and there is never an answer. */
  record Silence() implements Fate {}

  /** It is done; then {@code meanwhile} runs, and the connection is closed instead of an answer. */
  record Lose(Runnable meanwhile) implements Fate {}

  /** It is done, and the answer is another one. */
  record Reword(UnaryOperator<Answer> how) implements Fate {}

  /** Decides about each request, on the front's one thread. */
  @FunctionalInterface
  interface Rule {
    Fate of(Asked asked);
  }

  static final Rule PASS_ALL = asked -> new Pass();

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1)
              .setMaxEventLoopExecuteTime(TimeUnit.SECONDS.toNanos(30)));
  private final HttpClient client;
  private final URI behind;
  private HttpServer server;
  private int port;
  private volatile Rule rule = PASS_ALL;
  private volatile Rule watch = PASS_ALL;

  /** Listens before {@code origin}. */
  Front(String origin) {
    behind = URI.create(origin);
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxHeaderSize(128 * 1024).setMaxInitialLineLength(65_536),
            new PoolOptions().setHttp1MaxSize(64));
    open();
  }

  String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** What becomes of the requests from now on. */
  void rule(Rule newRule) {
    rule = newRule;
  }

  /** Lets {@code watcher} see each request before the rule does. */
  void watch(java.util.function.Consumer<Asked> watcher) {
    watch =
        asked -> {
          watcher.accept(asked);
          return new Pass();
        };
  }

  /** Stops listening: connections are refused until {@link #open}. */
  void shut() {
    get(server.close());
  }

  /** Listens again, on the same port. */
  void open() {
    server =
        get(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setMaxInitialLineLength(128 * 1024)
                        .setMaxHeaderSize(128 * 1024)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::serve)
                .listen(port, "127.0.0.1"));
    port = server.actualPort();
  }

  private void serve(HttpServerRequest in) {
    in.body()
        .onSuccess(
            body -> {
              Asked asked = new Asked(in.method().name(), in.uri(), body.toString());
              watch.of(asked);
              Fate fate = rule.of(asked);
              if (fate instanceof Instead instead) {
                send(in.response(), instead.answer());
              } else if (fate instanceof Reset) {
                in.connection().close();
              } else if (!(fate instanceof Silence)) {
                passOn(in, body, fate);
              }
            });
  }

  private void passOn(HttpServerRequest in, Buffer body, Fate fate) {
    client
        .request(
            new RequestOptions()
                .setHost(behind.getHost())
                .setPort(behind.getPort())
                .setMethod(in.method())
                .setURI(in.uri()))
        .compose(
            out -> {
              copy(in.headers(), out.headers());
              return out.send(body);
            })
        .compose(answer -> answer.body().map(bytes -> new Received(answer, bytes)))
        .onSuccess(
            received -> {
              if (fate instanceof Lose lose) {
                lose.meanwhile().run();
                in.connection().close();
                return;
              }
              HttpServerResponse response = in.response();
              if (response.closed() || response.ended()) {
                return;
              }
              if (fate instanceof Reword reword) {
                send(response, reword.how().apply(received.asAnswer()));
                return;
              }
              copy(received.answer().headers(), response.headers());
              response.setStatusCode(received.answer().statusCode()).end(received.body());
            })
        .onFailure(gone -> in.connection().close());
  }

  private record Received(io.vertx.core.http.HttpClientResponse answer, Buffer body) {
    Answer asAnswer() {
      Map<String, String> headers = new java.util.LinkedHashMap<>();
      answer.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
      headers.keySet().removeIf(Front::isOfTheConnection);
      return new Answer(answer.statusCode(), headers, body.toString());
    }
  }

  private static void send(HttpServerResponse response, Answer answer) {
    answer.headers().forEach(response::putHeader);
    response.setStatusCode(answer.status()).end(answer.body());
  }

  private static void copy(MultiMap from, MultiMap to) {
    from.forEach(
        header -> {
          if (!isOfTheConnection(header.getKey())) {
            to.add(header.getKey(), header.getValue());
          }
        });
  }

  private static boolean isOfTheConnection(String header) {
    return header.equalsIgnoreCase("content-length")
        || header.equalsIgnoreCase("transfer-encoding")
        || header.equalsIgnoreCase("connection")
        || header.equalsIgnoreCase("host");
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
