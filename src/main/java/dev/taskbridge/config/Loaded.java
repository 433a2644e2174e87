package dev.taskbridge.config;

import dev.taskbridge.config.shape.Problem;
import java.util.List;
import java.util.function.Function;

/** What came of reading a configuration file. */
public sealed interface Loaded {
  /** A new case fails to compile wherever it is not handled. */
  <R> R match(Function<Valid, R> valid, Function<Invalid, R> invalid);

  /** Every rule is met and every secret was found. */
  record Valid(TaskbridgeConfig config) implements Loaded {
    @Override
    public <R> R match(Function<Valid, R> valid, Function<Invalid, R> invalid) {
      return valid.apply(this);
    }
  }

  /**
   * Something is to be put right.
   *
   * @param problems all of them, at least one, in the order of the file
   */
  record Invalid(List<Problem> problems) implements Loaded {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid configuration has at least one problem");
      }
    }

    @Override
    public <R> R match(Function<Valid, R> valid, Function<Invalid, R> invalid) {
      return invalid.apply(this);
    }
  }
}
