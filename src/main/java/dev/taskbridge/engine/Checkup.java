package dev.taskbridge.engine;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.Assignable;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.config.FieldsConfig;
import dev.taskbridge.config.SyncConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.shape.Nearest;
import dev.taskbridge.config.shape.YamlFile;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a configuration against the systems that it names. They are only read; nothing ends at the
 * first thing that is wrong.
 */
public final class Checkup {
  private static final Duration TOLERABLE_SKEW = Duration.ofMinutes(1);

  private final TaskbridgeConfig config;
  private final Syncs syncs;
  private final Systems systems;
  private final List<Finding> findings = new ArrayList<>();

  /** How it stands with one thing. */
  public enum Verdict {
    OK,
    /** The configuration names something that the system does not have, or may not be done. */
    WRONG,
    /** The system was not reached or refused the credentials. */
    UNREACHABLE
  }

  /**
   * One thing that was checked.
   *
   * @param path the key of the configuration that it is about
   * @param words what was found, or what is wrong and what to do next
   */
  public record Finding(Verdict verdict, String path, String words) {}

  /**
   * A checkup.
   *
   * @param systems those of {@code config}, connected
   */
  public Checkup(TaskbridgeConfig config, Syncs syncs, Systems systems) {
    this.config = config;
    this.syncs = syncs;
    this.systems = systems;
  }

  /** Everything that was checked, in the order of the configuration. */
  public List<Finding> run() {
    boolean tasks = threatConnect();
    Set<String> dead = new LinkedHashSet<>();
    for (SyncConfig sync : config.syncs().values()) {
      if (tasks) {
        tasks(sync);
      }
      if (!dead.contains(sync.tickets().system()) && !tickets(sync)) {
        dead.add(sync.tickets().system());
      }
    }
    return List.copyOf(findings);
  }

  private boolean threatConnect() {
    Outcome<SystemDescription> outcome = systems.tasks().describe(Optional.empty());
    if (outcome.refusal().isPresent()) {
      refused("threatconnect", outcome.refusal().get());
      return false;
    }
    reached("threatconnect", outcome.value().orElseThrow());
    outcome.value().orElseThrow().problems().forEach(words -> wrong("threatconnect", words));
    return true;
  }

  private void tasks(SyncConfig sync) {
    String path = YamlFile.path("syncs", sync.name(), "tasks", "tql");
    Set<String> general =
        Set.copyOf(
            systems
                .tasks()
                .describe(Optional.empty())
                .value()
                .map(SystemDescription::problems)
                .orElse(List.of()));
    systems
        .tasks()
        .describe(Optional.of(sync.tasks().tql()))
        .match(
            description -> {
              List<String> problems =
                  description.problems().stream()
                      .filter(words -> !general.contains(words))
                      .toList();
              problems.forEach(words -> wrong(path, words));
              if (problems.isEmpty()) {
                ok(path, "the server takes the query");
              }
              return true;
            },
            refusal -> refused(path, refusal));
    sync.tasks()
        .caseName()
        .filter(name -> sync.create().makesTasks())
        .ifPresent(
            name -> {
              String at = YamlFile.path("syncs", sync.name(), "tasks", "case");
              systems
                  .tasks()
                  .findCase(name)
                  .match(id -> ok(at, "is case " + id), refusal -> refused(at, refusal));
            });
    sync.fields().assignee().ifPresent(assignee -> taskAssignees(sync, assignee));
  }

  private void taskAssignees(SyncConfig sync, FieldsConfig.Assignee assignee) {
    Map<FieldValue, String> paths = new LinkedHashMap<>();
    assignee
        .users()
        .keySet()
        .forEach(
            name -> paths.put(new FieldValue.User(name, name, name), field(sync, "users", name)));
    assignee
        .groups()
        .keySet()
        .forEach(name -> paths.put(FieldValue.Group.named(name), field(sync, "groups", name)));
    if (!paths.isEmpty()) {
      judge(paths, systems.tasks().unassignable(List.copyOf(paths.keySet())), "ThreatConnect");
    }
  }

  private static String field(SyncConfig sync, String kind, String name) {
    return YamlFile.path("syncs", sync.name(), "fields", "assignee", kind, name);
  }

  /** False if the system itself is in trouble. */
  private boolean tickets(SyncConfig sync) {
    String system = sync.tickets().system();
    String at = YamlFile.path("systems", system);
    SyncDefinition definition = syncs.get(sync.name());
    TicketSystem tickets = systems.tickets(system);
    Outcome<SystemDescription> outcome = tickets.describe(definition.scope());
    if (outcome.refusal().isPresent()) {
      refused(
          outcome.refusal().get().concernsSystem()
              ? at
              : YamlFile.path("syncs", sync.name(), "tickets"),
          outcome.refusal().get());
      return !outcome.refusal().get().concernsSystem();
    }
    SystemDescription description = outcome.value().orElseThrow();
    reached(at, description);
    String scope = YamlFile.path("syncs", sync.name(), "tickets");
    if (description.statuses().isEmpty() && !description.problems().isEmpty()) {
      // Where there is no such place nothing can be looked for in it.
      description.problems().forEach(words -> wrong(scope, words));
      return true;
    }
    List<String> named = new ArrayList<>();
    statuses(sync, description, named);
    priorities(sync, description, named);
    custom(sync, description, named);
    List<String> problems =
        description.problems().stream()
            .filter(words -> named.stream().noneMatch(words::contains))
            .toList();
    problems.forEach(words -> wrong(scope, words));
    if (problems.isEmpty()) {
      ok(scope, "the account sees it and may write what is mapped");
    }
    sync.fields().assignee().ifPresent(each -> ticketAssignees(sync, definition, tickets, each));
    if (sync.tickets().rule().isPresent() || sync.tickets().match().isPresent()) {
      String key = sync.tickets().rule().isPresent() ? "rule" : "match";
      String path = YamlFile.path("syncs", sync.name(), "tickets", key);
      tickets
          .changed(new ChangedSince(definition.candidates(), ""))
          .match(page -> ok(path, "the system takes it"), refusal -> refused(path, refusal));
    }
    return true;
  }

  private void statuses(SyncConfig sync, SystemDescription description, List<String> named) {
    sync.fields()
        .status()
        .ifPresent(
            status -> {
              status
                  .map()
                  .forEach(
                      (task, words) ->
                          words.forEach(
                              word ->
                                  known(
                                      YamlFile.path(
                                          "syncs",
                                          sync.name(),
                                          "fields",
                                          "status",
                                          "map",
                                          task.word()),
                                      word,
                                      "status",
                                      description.statuses(),
                                      named)));
              status
                  .set()
                  .keySet()
                  .forEach(
                      word ->
                          known(
                              YamlFile.path("syncs", sync.name(), "fields", "status", "set", word),
                              word,
                              "status",
                              description.statuses(),
                              named));
            });
  }

  private void priorities(SyncConfig sync, SystemDescription description, List<String> named) {
    sync.fields()
        .priority()
        .ifPresent(
            priority ->
                priority
                    .map()
                    .forEach(
                        (from, word) ->
                            known(
                                YamlFile.path(
                                    "syncs", sync.name(), "fields", "priority", "map", from),
                                word,
                                "priority",
                                description.priorities(),
                                named)));
  }

  private void custom(SyncConfig sync, SystemDescription description, List<String> named) {
    sync.fields()
        .custom()
        .keySet()
        .forEach(
            field ->
                known(
                    YamlFile.path("syncs", sync.name(), "fields", field.word()),
                    field.word(),
                    "field that can be written",
                    description.fields(),
                    named));
  }

  /** Compares one configured word with those that the system has. */
  private void known(
      String path, String word, String what, List<String> there, List<String> named) {
    if (there.isEmpty()) {
      wrong(path, "\"" + word + "\" cannot be checked: the system names no " + what);
    } else if (there.stream().anyMatch(each -> each.equalsIgnoreCase(word.strip()))) {
      ok(path, "\"" + word + "\" is there");
    } else if (word.matches("\\d+")) {
      ok(path, word + " is taken for an id");
    } else {
      named.add(word);
      wrong(
          path,
          "\""
              + word
              + "\" is no "
              + what
              + " there"
              + Nearest.hint(word, there, "; there are " + String.join(", ", there)));
    }
  }

  private void ticketAssignees(
      SyncConfig sync,
      SyncDefinition definition,
      TicketSystem tickets,
      FieldsConfig.Assignee assignee) {
    Map<FieldValue, String> paths = new LinkedHashMap<>();
    assignee
        .users()
        .forEach(
            (name, who) -> paths.put(FieldValue.User.withEmail(who), field(sync, "users", name)));
    assignee.groups().forEach((name, who) -> paths.put(who, field(sync, "groups", name)));
    assignee
        .fallback()
        .ifPresent(
            who ->
                paths.put(
                    who, YamlFile.path("syncs", sync.name(), "fields", "assignee", "default")));
    if (!paths.isEmpty()) {
      judge(
          paths,
          tickets.unassignable(new Assignable(definition.scope(), List.copyOf(paths.keySet()))),
          sync.tickets().system());
    }
  }

  private void judge(
      Map<FieldValue, String> paths, Outcome<Map<FieldValue, String>> outcome, String system) {
    outcome.match(
        refused -> {
          paths.forEach(
              (who, path) -> {
                String why = refused.get(who);
                if (why == null) {
                  ok(path, system + " knows " + who.shown());
                } else {
                  wrong(path, why);
                }
              });
          return true;
        },
        refusal -> refused(paths.values().iterator().next(), refusal));
  }

  private void reached(String path, SystemDescription description) {
    ok(
        path,
        description.product()
            + " answers "
            + description.account()
            + "; its clock is "
            + skew(description.clockAhead())
            + (description.zone().isEmpty() ? "" : ", its zone " + description.zone()));
    if (description.clockAhead().abs().compareTo(TOLERABLE_SKEW) > 0
        && description.problems().stream().noneMatch(words -> words.contains("clock"))) {
      wrong(path, "its clock is " + skew(description.clockAhead()) + "; set one of the two right");
    }
  }

  private static String skew(Duration ahead) {
    long seconds = ahead.abs().toSeconds();
    return seconds == 0
        ? "ours"
        : seconds + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " ours";
  }

  private boolean refused(String path, Refusal refusal) {
    if (refusal.concernsSystem()) {
      findings.add(
          new Finding(
              Verdict.UNREACHABLE,
              path,
              refusal.words()
                  + (refusal instanceof Refusal.Denied
                      ? "; see that the credentials are right and may do this"
                      : "; see that url is right and the system is up")));
    } else {
      wrong(path, refusal.words());
    }
    return false;
  }

  private boolean ok(String path, String words) {
    Finding finding = new Finding(Verdict.OK, path, words);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
    return true;
  }

  private void wrong(String path, String words) {
    Finding finding = new Finding(Verdict.WRONG, path, words);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** As commands print it. */
  public static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
