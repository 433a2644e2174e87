package dev.taskbridge.adapter.threatconnect;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TaskSourceContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, against the simulator, over the shipped routes. */
final class ThreatConnectContractTest extends TaskSourceContract {
  private static ThreatConnectBench bench;

  @BeforeAll
  static void start() {
    bench = ThreatConnectBench.start();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Override
  protected TaskSource source() {
    return bench.source();
  }

  @Override
  protected long caseId() {
    return 1;
  }

  @Override
  protected String userName() {
    return "maria.silva@example.com";
  }

  @Override
  protected String groupName() {
    return "SOC Team";
  }
}
