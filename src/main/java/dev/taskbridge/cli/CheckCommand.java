package dev.taskbridge.cli;

import dev.taskbridge.config.QueueConfig;
import dev.taskbridge.config.StoreConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.shape.YamlFile;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Checkup;
import dev.taskbridge.engine.Checkup.Finding;
import dev.taskbridge.engine.Checkup.Verdict;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Tries a configuration: every name in it is looked for where it is said to be. */
@Command(
    name = "check",
    description = "Try the configuration against the systems that it names; nothing is written.",
    footer = {
      "",
      "A line for each thing that was checked. Exit 0: all is well. 2: something is named that is",
      "not there. 5: a system could not be reached or refused the credentials."
    })
final class CheckCommand extends ConfiguredCommand {
  @Override
  protected Exit run(TaskbridgeConfig config) throws Exception {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            Verdict.OK,
            "",
            config.systems().size() + " systems and " + config.syncs().size() + " syncs are read"));
    findings.add(store(config));
    try (Scratch scratch = new Scratch()) {
      TaskbridgeConfig tried =
          config
              .withStore(
                  new StoreConfig(
                      "jdbc:sqlite:" + scratch.file("check.db"),
                      Optional.empty(),
                      Optional.empty()))
              .withQueue(QueueConfig.DEFAULT);
      try (Bridge bridge =
          new Bridge(
              tried,
              Path.of("").toAbsolutePath(),
              BridgeCommand.open(tried.store()),
              Clock.systemUTC())) {
        bridge.start(false);
        findings.addAll(new Checkup(tried, bridge.syncs(), bridge.systems()).run());
      }
    }
    show(findings);
    return has(findings, Verdict.UNREACHABLE)
        ? Exit.UNREACHABLE
        : has(findings, Verdict.WRONG) ? Exit.WRONG : Exit.DONE;
  }

  private static Finding store(TaskbridgeConfig config) {
    try {
      return new Finding(
          Verdict.OK,
          "store",
          JdbcLinkStore.isThere(BridgeCommand.settings(config.store()))
              ? "it is there"
              : "it is made by the first run");
    } catch (StoreException e) {
      return new Finding(Verdict.WRONG, "store", String.valueOf(e.getMessage()));
    }
  }

  private static boolean has(List<Finding> findings, Verdict verdict) {
    return findings.stream().anyMatch(finding -> finding.verdict() == verdict);
  }

  private void show(List<Finding> findings) {
    Path file = options().config();
    for (Finding finding : findings) {
      int line = finding.path().isEmpty() ? 0 : YamlFile.line(file, finding.path());
      if (output().isJson()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", Checkup.word(finding.verdict()));
        json.put("file", file.toString());
        json.put("line", line);
        json.put("path", finding.path());
        json.put("message", finding.words());
        output().json(json);
      } else {
        output()
            .line(
                output()
                        .toned(
                            finding.verdict() == Verdict.OK ? Output.Tone.GOOD : Output.Tone.BAD,
                            "%-11s".formatted(Checkup.word(finding.verdict())))
                    + "  "
                    + file
                    + (line > 0 ? ":" + line : "")
                    + (finding.path().isEmpty() ? "" : " " + finding.path())
                    + ": "
                    + Output.oneLine(finding.words()));
      }
    }
  }
}
