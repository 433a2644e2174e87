package dev.taskbridge.config;

import dev.taskbridge.config.FieldsConfig.Status;
import dev.taskbridge.config.shape.Choice;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.ListOf;
import dev.taskbridge.config.shape.MapOf;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Values;
import dev.taskbridge.domain.TaskStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The status field. Its two tables must not contradict each other: whatever {@code back} makes of a
 * ticket status has to agree with that status by {@code map}, or every change would be undone by
 * the next look.
 */
final class StatusShape {
  /** The key of {@code back} that is no ticket status. */
  private static final String REOPENED = "reopened";

  /** Which task status a ticket status means if it agrees with several. */
  private static final List<TaskStatus> PREFERENCE =
      List.of(TaskStatus.OPEN, TaskStatus.PENDING, TaskStatus.REOPENED, TaskStatus.CLOSED);

  private static final Choice<TaskStatus> TASK_STATUS =
      Choice.of(List.of(TaskStatus.values()), TaskStatus::word);
  private static final Key<Map<String, List<String>>> MAP =
      Key.required(
          "map",
          MapOf.among(
              "task status",
              Arrays.stream(TaskStatus.values()).map(TaskStatus::word).toList(),
              1,
              new ListOf<>(Scalars.word("a ticket status"))),
          "For each task status the ticket statuses that agree with it; the first is what a write"
              + " aims at.");
  private static final Key<Map<String, TaskStatus>> BACK =
      Key.or(
          "back",
          MapOf.of("ticket status", TASK_STATUS),
          Map.of(),
          "derived from map",
          "For each ticket status the task status it means. `reopened` is what a closed task becomes"
              + " when its ticket is opened again. What is left out is derived from `map`, preferring"
              + " Open, then Pending, Reopened, Closed.");
  private static final Key<Map<String, Map<String, String>>> SET =
      Key.or(
          "set",
          MapOf.of("ticket status", MapOf.of("field", Scalars.word("a value"))),
          Map.of(),
          "none",
          "For a ticket status the fields that the step into it wants, such as a resolution.");

  private static final Section<Status> SECTION =
      Section.of(
              List.<Key<?>>of(FieldShapes.BOTH_WAYS, FieldShapes.CONFLICT, MAP, BACK, SET),
              (values, at) -> build(values))
          .checked((values, at) -> checkLists(at))
          .checked(StatusShape::checkBack);

  private StatusShape() {}

  static Section<Status> section() {
    return SECTION;
  }

  private static Status build(Values values) {
    Map<TaskStatus, List<String>> map = byStatus(values.get(MAP));
    Map<String, TaskStatus> back = new LinkedHashMap<>();
    values
        .get(BACK)
        .forEach(
            (ticketStatus, meant) -> {
              if (!ticketStatus.equals(REOPENED)) {
                back.put(ticketStatus, meant);
              }
            });
    Set<String> named = new HashSet<>();
    back.keySet().forEach(ticketStatus -> named.add(folded(ticketStatus)));
    for (TaskStatus status : PREFERENCE) {
      for (String ticketStatus : map.getOrDefault(status, List.of())) {
        if (named.add(folded(ticketStatus))) {
          back.put(ticketStatus, status);
        }
      }
    }
    Optional<TaskStatus> reopened =
        Optional.ofNullable(values.get(BACK).get(REOPENED))
            .or(() -> Optional.of(TaskStatus.REOPENED).filter(map::containsKey));
    return new Status(
        values.get(FieldShapes.BOTH_WAYS),
        values.get(FieldShapes.CONFLICT),
        map,
        back,
        reopened,
        values.get(SET));
  }

  private static void checkLists(Reading at) {
    for (Reading list : at.child("map").map(Reading::children).orElse(List.of())) {
      Set<String> seen = new HashSet<>();
      for (Reading each : list.elements().orElse(List.of())) {
        if (each.text().filter(status -> !seen.add(folded(status))).isPresent()) {
          each.problem(each.shown() + " is in this list twice");
        }
      }
    }
  }

  private static void checkBack(Values values, Reading at) {
    Optional<Map<TaskStatus, List<String>>> map = values.find(MAP).map(StatusShape::byStatus);
    if (map.isEmpty()) {
      return;
    }
    int mapLine = at.child("map").map(Reading::line).orElse(at.line());
    Map<String, Reading> seen = new LinkedHashMap<>();
    for (Reading entry : at.child("back").map(Reading::children).orElse(List.of())) {
      Optional<TaskStatus> meant = entry.text().flatMap(StatusShape::exactly);
      if (meant.isEmpty()) {
        continue;
      }
      if (entry.name().equals(REOPENED)) {
        checkReopened(entry, meant.get(), map.get(), mapLine);
        continue;
      }
      Reading earlier = seen.putIfAbsent(folded(entry.name()), entry);
      if (earlier != null && !earlier.name().equals(entry.name())) {
        entry.problem(
            "is the same status as "
                + earlier.name()
                + " in line "
                + earlier.line()
                + ": large and small letters do not count");
      }
      List<String> agreeing = map.get().getOrDefault(meant.get(), List.of());
      if (agreeing.stream().noneMatch(it -> folded(it).equals(folded(entry.name())))) {
        int line =
            at.child("map")
                .flatMap(all -> all.child(meant.get().word()))
                .map(Reading::line)
                .orElse(mapLine);
        entry.problem(
            "\""
                + entry.name()
                + "\" means "
                + meant.get().word()
                + " here, but map in line "
                + line
                + (agreeing.isEmpty()
                    ? " has no " + meant.get().word()
                    : " lets " + meant.get().word() + " agree with " + String.join(", ", agreeing))
                + "; add \""
                + entry.name()
                + "\" there or change this");
      }
    }
  }

  private static void checkReopened(
      Reading entry, TaskStatus meant, Map<TaskStatus, List<String>> map, int mapLine) {
    if (meant == TaskStatus.CLOSED) {
      entry.problem("a task that is opened again cannot be Closed; give Reopened or Open");
    } else if (!map.containsKey(meant)) {
      entry.problem(
          "map in line "
              + mapLine
              + " has no "
              + meant.word()
              + "; add it there, or give one of "
              + String.join(
                  ", ",
                  map.keySet().stream()
                      .filter(status -> status != TaskStatus.CLOSED)
                      .map(TaskStatus::word)
                      .toList()));
    }
  }

  private static Map<TaskStatus, List<String>> byStatus(Map<String, List<String>> map) {
    Map<TaskStatus, List<String>> byStatus = new EnumMap<>(TaskStatus.class);
    map.forEach((word, statuses) -> exactly(word).ifPresent(it -> byStatus.put(it, statuses)));
    return byStatus;
  }

  private static Optional<TaskStatus> exactly(String word) {
    return Arrays.stream(TaskStatus.values())
        .filter(status -> status.word().equals(word.strip()))
        .findFirst();
  }

  /** As the mapping compares statuses. */
  private static String folded(String status) {
    return status.strip().toLowerCase(Locale.ROOT);
  }
}
