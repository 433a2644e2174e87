package dev.taskbridge.adapter.http;

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
}
