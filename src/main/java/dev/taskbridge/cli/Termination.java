package dev.taskbridge.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the process. SIGTERM and SIGINT are asked for politely: whoever waits in {@link
 * #await} gets the time to finish what is in flight, and the process then ends with its exit code
 * instead of 143.
 */
final class Termination {
  /** After this the process ends whatever is still in flight: 10 s are promised. */
  private static final Duration PATIENCE = Duration.ofMillis(9_000);

  /** What shells call ended by SIGTERM. */
  private static final int CUT_SHORT = 143;

  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static volatile boolean watching;
  private static volatile int exitCode;

  private Termination() {}

  /** Blocks until the process is asked to end; then the caller has 10 s to finish. */
  static void await() throws InterruptedException {
    watch();
    ASKED.await();
  }

  /** From now on a signal no longer ends the process at once. */
  static synchronized void watch() {
    if (!watching) {
      watching = true;
      Runtime.getRuntime().addShutdownHook(new Thread(Termination::signalled, "termination"));
    }
  }

  /** Whether the process was asked to end. */
  static boolean isAsked() {
    return ASKED.getCount() == 0;
  }

  /** Ends the process with {@code code}. Does not return. */
  static void end(int code) {
    exitCode = code;
    ENDED.countDown();
    System.exit(code);
  }

  private static void signalled() {
    if (ENDED.getCount() == 0) {
      return;
    }
    ASKED.countDown();
    try {
      boolean inTime = ENDED.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      // Whatever is cut short here is found and finished by the next start.
      Runtime.getRuntime().halt(inTime ? exitCode : CUT_SHORT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
