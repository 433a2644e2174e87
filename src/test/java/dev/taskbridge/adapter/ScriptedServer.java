package dev.taskbridge.adapter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A tiny HTTP/1.1 server that answers what a test says, byte for byte, and remembers what came in.
 * For what no well-behaved server does: cut-off bodies, dropped connections, odd headers.
 */
public final class ScriptedServer implements AutoCloseable {

  /** One request as it came over the wire; header names in lower case. */
  public record Received(String method, String target, Map<String, String> headers, String body) {}

  /** What to do with a request. */
  public record Script(int status, Map<String, String> headers, byte[] body, Ending ending) {
    public Script with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Script(status, more, body, ending);
    }
  }

  /** How an answer ends. */
  public enum Ending {
    WHOLE,
    /** The connection is closed instead of an answer. */
    DROPPED,
    /** Half of the promised body, then the connection is closed. */
    CUT_OFF,
    /** Nothing, and the connection stays open. */
    SILENT
  }

  private final ServerSocket listener;
  private final Deque<Script> script = new ArrayDeque<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private Function<Received, Script> otherwise = request -> json(200, "{}");

  public ScriptedServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::listen, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public static Script json(int status, String json) {
    return text(status, "application/json", json);
  }

  public static Script text(int status, String contentType, String text) {
    return new Script(
        status,
        Map.of("Content-Type", contentType),
        text.getBytes(StandardCharsets.UTF_8),
        Ending.WHOLE);
  }

  public static Script dropped() {
    return new Script(0, Map.of(), new byte[0], Ending.DROPPED);
  }

  public static Script silent() {
    return new Script(0, Map.of(), new byte[0], Ending.SILENT);
  }

  public static Script cutOff(String json) {
    return new Script(
        200,
        Map.of("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8),
        Ending.CUT_OFF);
  }

  /** The next requests get these, in order. */
  public synchronized ScriptedServer then(Script... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /** What requests get when nothing is scripted (any more). */
  public synchronized ScriptedServer otherwise(Function<Received, Script> answer) {
    otherwise = answer;
    return this;
  }

  public List<Received> received() {
    return received;
  }

  public Received last() {
    return received.get(received.size() - 1);
  }

  public String origin() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String requestLine = line(in);
      while (requestLine.contains(" HTTP/")) {
        Received request = read(requestLine, in);
        received.add(request);
        Script answer = next(request);
        switch (answer.ending()) {
          case DROPPED -> {
            return;
          }
          case SILENT -> {
            in.read();
            return;
          }
          case CUT_OFF -> {
            write(out, request, answer, answer.body().length / 2);
            return;
          }
          case WHOLE -> write(out, request, answer, answer.body().length);
        }
        requestLine = line(in);
      }
    } catch (SocketException e) {
      // The client went away, or the test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.remove(socket);
    }
  }

  private synchronized Script next(Received request) {
    return script.isEmpty() ? otherwise.apply(request) : script.poll();
  }

  private static Received read(String requestLine, InputStream in) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String[] parts = requestLine.split(" ");
    return new Received(
        parts[0], parts[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static void write(OutputStream out, Received request, Script answer, int bytes)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: ").append(answer.body().length).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!request.method().equals("HEAD")) {
      out.write(answer.body(), 0, bytes);
    }
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
