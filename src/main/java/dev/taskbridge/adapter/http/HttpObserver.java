package dev.taskbridge.adapter.http;

import java.time.Duration;

/** Hears of every try, for metrics; called on the thread that sends, so it must be quick. */
@FunctionalInterface
public interface HttpObserver {
  HttpObserver NONE = (system, operation, outcome) -> {};

  /**
   * One request went out, or was held back.
   *
   * @param operation as the adapter named it
   * @param outcome the HTTP status, or {@code unreachable}, {@code unknown}, {@code busy}, {@code
   *     denied}
   */
  void tried(String system, String operation, String outcome);

  /**
   * An answer told the time, by its {@code Date} header: whole seconds, and late by its way here.
   *
   * @param ahead how far the system's clock is ahead of ours (negative: behind)
   */
  default void clockMeasured(String system, Duration ahead) {}
}
