package dev.taskbridge.store;

import java.time.Duration;

/**
 * How long to wait before giving up.
 *
 * @param turn for the other transactions of this process
 * @param connection for a connection to be made
 * @param lock for the writers of other processes, in the database
 * @param attempts how often a transaction is begun before its passing trouble is reported
 * @param pause after the first failed attempt; each later one is twice as long
 */
record Patience(Duration turn, Duration connection, Duration lock, int attempts, Duration pause) {

  /** Longer than any transaction of ours should take, shorter than an operator waits. */
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          5,
          Duration.ofMillis(50));
}
