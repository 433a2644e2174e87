package dev.taskbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.reconcile.ConflictPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Histories by the thousand, each of one seed: after each the promises are checked. {@code
 * -Dhistories=1000000} runs more, {@code -Dhistory=42} one, with its story.
 */
class HistoriesTest {
  private static final int HISTORIES = Integer.getInteger("histories", 5_000);

  @Test
  void no_history_breaks_a_promise() {
    Long only = Long.getLong("history");
    if (only != null) {
      History history = run(only);
      System.out.println(history.story());
      assertThat(history.violations()).as(history.story()).isEmpty();
      return;
    }
    for (long seed = 1; seed <= HISTORIES; seed++) {
      History history = run(seed);
      List<String> violations = history.violations();
      assertThat(violations).as("seed %s%n%s", seed, history.story()).isEmpty();
    }
  }

  private static History run(long seed) {
    Random dice = new Random(seed);
    World.Hazards hazards =
        new World.Hazards(
            dice.nextBoolean() ? 0.02 : 0,
            dice.nextBoolean() ? 0.1 : 0,
            dice.nextBoolean() ? 0.1 : 0,
            dice.nextBoolean() ? 0.05 : 0,
            0,
            Duration.ofSeconds(dice.nextInt(3) * 30L),
            dice.nextInt(4) != 0);
    ConflictPolicy policy = ConflictPolicy.values()[dice.nextInt(ConflictPolicy.values().length)];
    History history = new History(seed, hazards, policy);
    history.begin(1 + dice.nextInt(4));
    int steps = 10 + dice.nextInt(60);
    for (int i = 0; i < steps; i++) {
      history.step();
    }
    history.settle();
    return history;
  }
}
