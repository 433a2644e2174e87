package dev.taskbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checker that finds nothing may be blind: each deliberate defect must be found. */
class DefectsTest {
  /** Fewer than the histories of {@link HistoriesTest}, which the bridge itself gets through. */
  private static final int MOST = 2_000;

  @ParameterizedTest
  @EnumSource(Defect.class)
  void a_bridge_that_is_built_wrong_is_found_out(Defect defect) {
    OptionalLong caught =
        LongStream.rangeClosed(1, MOST)
            .filter(seed -> Histories.isBroken(seed, defect::flaw))
            .findFirst();

    assertThat(caught).as("histories that find it, of %s", MOST).isPresent();
    System.out.printf("%s: found by history %d%n", defect, caught.orElseThrow());
  }
}
