package dev.taskbridge.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.ShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends Camel within a time, whatever hangs. Its own end has none: once the routes' shutdown time is
 * over, it waits for the lanes of the queue until each has returned from its request (seen on
 * 4.18.0 with systems that accept requests and do not answer).
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** What Camel may take beyond the routes' shutdown time. */
  private static final Duration LAST_WAIT = Duration.ofMillis(1_500);

  private Ending() {}

  /**
   * Lets what is in flight end for at most the configured shutdown time, and stops {@code main}. A
   * request that hangs longer is left behind: what it began is in the store, and the next start
   * finishes it.
   *
   * @throws IllegalStateException if Camel cannot be stopped
   */
  static void of(Main main) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Thread stop =
        new Thread(
            () -> {
              try {
                main.stop();
              } catch (RuntimeException e) {
                failure.set(e);
              }
            },
            "stop");
    stop.setDaemon(true);
    stop.start();
    try {
      stop.join(longest(main).toMillis());
      if (stop.isAlive()) {
        LOG.warn("requests without an answer were left; the next start finishes what they began");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Camel did not stop", failure.get());
    }
  }

  private static Duration longest(Main main) {
    CamelContext camel = main.getCamelContext();
    if (camel == null) {
      return LAST_WAIT;
    }
    ShutdownStrategy routes = camel.getShutdownStrategy();
    return Duration.of(routes.getTimeout(), routes.getTimeUnit().toChronoUnit()).plus(LAST_WAIT);
  }
}
