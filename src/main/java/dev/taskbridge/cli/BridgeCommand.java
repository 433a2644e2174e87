package dev.taskbridge.cli;

import dev.taskbridge.config.StoreConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that runs the bridge once: starts it, works, reports, and ends. */
abstract class BridgeCommand extends ConfiguredCommand {
  private final Map<String, AtomicLong> happened = new ConcurrentHashMap<>();

  @Option(names = "--sync", paramLabel = "NAME", description = "Only this sync.")
  private @Nullable String sync;

  /** Does the work. */
  protected abstract void work(Bridge bridge, List<String> syncs) throws Exception;

  @Override
  protected final Exit run(TaskbridgeConfig config) throws Exception {
    List<String> syncs = chosen(config, Optional.ofNullable(sync), this::wrong);
    try (Bridge bridge =
        new Bridge(config, Path.of("").toAbsolutePath(), open(config.store()), Clock.systemUTC())) {
      bridge.announcements().listen(this::heard);
      bridge.start(false);
      work(bridge, syncs);
      return report(bridge);
    }
  }

  /** Opens the store that {@code config} names. */
  static LinkStore open(StoreConfig config) {
    return JdbcLinkStore.open(settings(config));
  }

  static StoreSettings settings(StoreConfig config) {
    return new StoreSettings(config.url(), config.user(), config.password());
  }

  /**
   * The syncs that a command is for.
   *
   * @param name the one that was asked for; empty for all
   * @param wrong what to throw if there is no such sync
   */
  static List<String> chosen(
      TaskbridgeConfig config,
      Optional<String> name,
      Function<String, ? extends RuntimeException> wrong) {
    if (name.isEmpty()) {
      return List.copyOf(config.syncs().keySet());
    }
    if (!config.syncs().containsKey(name.get())) {
      throw wrong.apply(
          "no sync is called \"" + name.get() + "\"; configured are " + config.syncs().keySet());
    }
    return List.of(name.get());
  }

  /** The systems that do not answer or refuse the credentials, and what they say. */
  static Map<String, String> troubles(Bridge bridge) {
    Map<String, String> troubles = new TreeMap<>();
    bridge
        .health()
        .states()
        .forEach(
            (name, state) -> {
              if (state.condition() == Condition.DOWN || state.condition() == Condition.DENIED) {
                troubles.put(name, state.words());
              }
            });
    return troubles;
  }

  private void heard(JournalEntry entry) {
    happened.computeIfAbsent(entry.kind(), kind -> new AtomicLong()).incrementAndGet();
    told(entry);
  }

  /** Something happened to a link; called on the lanes' threads. */
  protected void told(JournalEntry entry) {}

  private Exit report(Bridge bridge) {
    Map<String, Map<LinkState, Long>> counts = bridge.store().inTransaction(rows -> rows.counts());
    Map<String, String> troubles = troubles(bridge);
    if (output().isJson()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("links", counts);
      result.put("happened", new TreeMap<>(happened));
      result.put("unreachable", troubles);
      result.put("notUnderstood", bridge.cycleReport().rows());
      output().json(result);
    } else {
      counts.forEach((name, states) -> output().line("links     " + name + "  " + words(states)));
      new TreeMap<>(happened).forEach((kind, count) -> output().line(kind + "  " + count));
      bridge
          .cycleReport()
          .rows()
          .forEach(
              row ->
                  output()
                      .message(
                          "sync "
                              + row.sync()
                              + ": cannot read "
                              + row.where()
                              + ": "
                              + row.what()));
      troubles.forEach((name, words) -> output().message(name + " does not answer: " + words));
    }
    if (!troubles.isEmpty()) {
      return Exit.UNREACHABLE;
    }
    boolean unsettled =
        counts.values().stream()
            .anyMatch(
                states ->
                    states.containsKey(LinkState.CONFLICT)
                        || states.containsKey(LinkState.FAILING)
                        || states.containsKey(LinkState.CREATING)
                        || states.containsKey(LinkState.PROPOSED));
    return unsettled || !bridge.cycleReport().rows().isEmpty() ? Exit.UNSETTLED : Exit.DONE;
  }

  private static String words(Map<LinkState, Long> states) {
    StringBuilder words = new StringBuilder();
    states.forEach(
        (state, count) ->
            words
                .append(words.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(state.word()));
    return words.toString();
  }
}
