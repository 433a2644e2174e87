package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldValue;
import java.util.function.Function;

/** What a mapping makes of a value. */
public sealed interface Mapped {

  <R> R match(Function<FieldValue, R> to, Function<String, R> unmappable);

  /** The value to be written. */
  record To(FieldValue value) implements Mapped {
    @Override
    public <R> R match(Function<FieldValue, R> to, Function<String, R> unmappable) {
      return to.apply(value);
    }
  }

  /** There is no counterpart; the reason is shown to people and says what would make one. */
  record Unmappable(String reason) implements Mapped {
    @Override
    public <R> R match(Function<FieldValue, R> to, Function<String, R> unmappable) {
      return unmappable.apply(reason);
    }
  }
}
