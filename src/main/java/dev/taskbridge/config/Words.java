package dev.taskbridge.config;

import dev.taskbridge.config.shape.Choice;
import java.util.List;
import java.util.Locale;

/** Enum constants as people write them: {@code TO_TICKET} is {@code to-ticket}. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @SafeVarargs
  static <E extends Enum<E>> Choice<E> choice(E... constants) {
    return Choice.of(List.of(constants), Words::of);
  }
}
