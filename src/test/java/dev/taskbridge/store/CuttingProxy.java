package dev.taskbridge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between the store and a server, and once cuts the line around a COMMIT. */
final class CuttingProxy implements AutoCloseable {
  enum Cut {
    NEVER,
    /** The server never hears the COMMIT. */
    BEFORE_COMMIT,
    /** The server carries the COMMIT out, and the client never hears of it. */
    BEFORE_ANSWER,
    /** Nor can the client ask anybody. */
    BEFORE_ANSWER_FOR_GOOD
  }

  final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);
  private final ServerSocket door;
  private final int server;

  CuttingProxy(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = door.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        daemon(() -> pump(client, behind, true));
        daemon(() -> pump(behind, client, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean toServer) {
    byte[] buffer = new byte[64 * 1024];
    boolean commitIsNext = false;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (commitIsNext && next.get() != Cut.NEVER) {
          Cut cut = next.getAndSet(Cut.NEVER);
          if (cut == Cut.BEFORE_ANSWER_FOR_GOOD) {
            door.close();
          }
          // Silence first, so that no answer slips through.
          from.close();
          if (cut != Cut.BEFORE_COMMIT) {
            out.write(buffer, 0, read);
            out.flush();
            // Until the server has answered into the void, or noticed that nobody listens.
            to.getInputStream().read();
          }
          return;
        }
        // The driver names its COMMIT by a number once it is prepared; what we ask before it shows.
        commitIsNext =
            toServer
                && new String(buffer, 0, read, StandardCharsets.ISO_8859_1)
                    .contains("txid_current_if_assigned");
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone: so is the other.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
