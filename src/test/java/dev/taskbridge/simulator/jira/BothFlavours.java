package dev.taskbridge.simulator.jira;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that share one simulator of each flavour and leave its switches as they were. */
abstract class BothFlavours {
  private static final Map<Flavour, JiraBench> BENCHES = new EnumMap<>(Flavour.class);

  /** Runs once on each flavour. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @EnumSource(Flavour.class)
  @interface OnBoth {}

  static JiraBench bench(Flavour flavour) {
    return BENCHES.computeIfAbsent(flavour, JiraBench::new);
  }

  static JiraBench cloud() {
    return bench(Flavour.CLOUD);
  }

  static JiraBench dataCenter() {
    return bench(Flavour.DATA_CENTER);
  }

  @AfterEach
  void back_to_the_standard() {
    BENCHES.values().forEach(JiraBench::reset);
  }

  @AfterAll
  static void stop() {
    BENCHES.values().forEach(JiraBench::close);
    BENCHES.clear();
  }
}
