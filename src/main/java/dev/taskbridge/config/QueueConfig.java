package dev.taskbridge.config;

import java.util.function.Function;

/** What carries link keys from the polls to the reconciler. */
public sealed interface QueueConfig {
  int DEFAULT_LANES = 8;

  QueueConfig DEFAULT = new Memory(DEFAULT_LANES);

  /** How many links are worked on at once; one link is always in one lane. At least 1. */
  int lanes();

  <R> R match(Function<Memory, R> memory, Function<Kafka, R> kafka);

  /** Inside this process. */
  record Memory(int lanes) implements QueueConfig {
    @Override
    public <R> R match(Function<Memory, R> memory, Function<Kafka, R> kafka) {
      return memory.apply(this);
    }
  }

  /**
   * A Kafka topic, shared by several processes.
   *
   * @param brokers {@code host:port}, separated by commas
   */
  record Kafka(String brokers, String topic, int lanes) implements QueueConfig {
    @Override
    public <R> R match(Function<Memory, R> memory, Function<Kafka, R> kafka) {
      return kafka.apply(this);
    }
  }
}
