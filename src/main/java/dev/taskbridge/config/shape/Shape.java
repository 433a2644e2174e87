package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a value may look like. One description serves three readers: the loader, an editor (JSON
 * Schema) and the documentation. Immutable.
 */
public interface Shape<T> {

  /**
   * Reads the value.
   *
   * @return empty if it is not acceptable; then at least one problem was reported to {@code at}
   */
  Optional<T> read(Reading at);

  /** What would be accepted, as the end of the sentence "… is not …". */
  String accepted();

  /** The same as JSON Schema (draft-07); a fresh node at each call. */
  ObjectNode schema();

  /** Names every key below this value, for the documentation. */
  default void describe(String path, Consumer<Described> keys) {}

  /**
   * One key for the documentation.
   *
   * @param path such as {@code syncs.<name>.tasks.tql}
   * @param value what it accepts
   * @param when left out: the default, {@code required}, or what its absence means
   */
  record Described(String path, String value, String when, String doc) {}
}
