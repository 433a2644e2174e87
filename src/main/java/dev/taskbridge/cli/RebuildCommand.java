package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Rebuild;
import dev.taskbridge.engine.Rebuild.Found;
import dev.taskbridge.store.Replacement;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A new store from what the systems hold. The systems are only read. */
@Command(
    name = "rebuild",
    description = "Make a new store from what the systems hold; the old one is kept beside it.",
    footer = {
      "",
      "Nothing is written to a system: plan shows what the next cycle would settle. Stop the daemon",
      "first. Exit 0: done. 3: done, but several tickets claim to be one task's; none was taken.",
      "5: a system could not be read to the end, and the store is as it was."
    })
final class RebuildCommand extends ConfiguredCommand {
  @Option(
      names = "--sync",
      paramLabel = "NAME",
      description = "Only this sync; the others are kept as they are.")
  private @Nullable String sync;

  @Option(
      names = "--yes",
      description =
          "PostgreSQL: replace the links that the database holds by those that are found.")
  private boolean yes;

  @Override
  protected Exit run(TaskbridgeConfig config) throws Exception {
    List<String> syncs = BridgeCommand.chosen(config, Optional.ofNullable(sync), this::wrong);
    Map<String, Found> found = new LinkedHashMap<>();
    try (Replacement replacement =
        Replacement.begin(
            BridgeCommand.settings(config.store()), Set.copyOf(syncs), sync == null, yes)) {
      Optional<String> trouble = fill(config, replacement, syncs, found);
      if (trouble.isPresent()) {
        if (output().isJson()) {
          output().json(Map.of("refused", trouble.get()));
        } else {
          output().message(trouble.get());
        }
        return Exit.UNREACHABLE;
      }
      Optional<Path> kept = replacement.finish(Clock.systemUTC().instant());
      show(found, kept);
    }
    return found.values().stream().allMatch(each -> each.ambiguous().isEmpty())
        ? Exit.DONE
        : Exit.UNSETTLED;
  }

  /** Fills the new store; gives the words of what went wrong. */
  private Optional<String> fill(
      TaskbridgeConfig config,
      Replacement replacement,
      List<String> syncs,
      Map<String, Found> found) {
    try (Bridge bridge =
        new Bridge(config, Path.of("").toAbsolutePath(), replacement.store(), Clock.systemUTC())) {
      bridge.start(false);
      Rebuild rebuild =
          new Rebuild(bridge.store(), bridge.syncs(), bridge.systems(), Clock.systemUTC());
      for (String name : syncs) {
        Outcome<Found> outcome = rebuild.run(name);
        outcome.value().ifPresent(each -> found.put(name, each));
        if (outcome.refusal().isPresent()) {
          return Optional.of(
              "sync "
                  + name
                  + " was not read to the end: "
                  + outcome.refusal().get().words()
                  + "; the store is as it was");
        }
      }
      return Optional.empty();
    }
  }

  private void show(Map<String, Found> found, Optional<Path> kept) {
    if (output().isJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("syncs", found);
      json.put("keptOldStore", kept.map(Path::toString).orElse(""));
      output().json(json);
      return;
    }
    found.forEach(
        (name, each) -> {
          output()
              .line(
                  name
                      + "  "
                      + each.adopted()
                      + " pairs adopted; "
                      + each.agreed()
                      + " fields agree, "
                      + each.differing()
                      + " are settled by their rules with the next cycle; "
                      + each.waiting()
                      + " tasks without a ticket");
          each.ambiguous()
              .forEach(
                  one ->
                      output()
                          .line(
                              "ambiguous  task "
                                  + one.xid()
                                  + ": "
                                  + String.join(", ", one.tickets())
                                  + " all say that they are its ticket; none was taken"));
          each.withoutTask()
              .forEach(
                  ticket ->
                      output()
                          .line(
                              "gone       "
                                  + ticket
                                  + " carries a key of no task that the account sees; it was left"
                                  + " alone"));
        });
    kept.ifPresent(path -> output().message("The old store is kept as " + path));
  }
}
