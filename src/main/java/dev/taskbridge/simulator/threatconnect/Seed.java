package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.threatconnect.Scenario.Doer;
import dev.taskbridge.simulator.threatconnect.Scenario.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Content that reads like a SOC's week. {@code POST /_sim/seed} takes
 *
 * <ul>
 *   <li>{@code tasks}: how many to add, in as many cases as a SOC would have for them;
 *   <li>{@code seed}: the same number gives the same content;
 *   <li>{@code matching}: true makes every task Open, or Pending only because it waits for another
 *       seeded one, in a case of severity High or Critical;
 *   <li>{@code severities}, {@code statuses}: lists that restrict what is produced;
 *   <li>{@code day}: the day on which somebody looks at all this, such as {@code 2026-03-02}; cases
 *       are from the days before, due dates on either side. The default is today, so name a day
 *       where dates must repeat for ever;
 *   <li>{@code clear}: true forgets all cases and tasks before, and counts ids from 1 again.
 * </ul>
 */
final class Seed {
  private static final Set<String> KEYS =
      Set.of("tasks", "seed", "matching", "severities", "statuses", "day", "clear");
  private static final List<String> SMALL_TALK =
      List.of(
          "Called {person}, no answer. Will try again after lunch.",
          "Confirmed: {domain} resolves to {ip} since this morning.",
          "Handed over to the night shift; see the bridge notes.",
          "False alarm on {host}, but the rest stands.",
          "Change approved by {department}, window 22:00-23:00 UTC.",
          "Sandbox says \"suspicious\" only. The macro asks for {domain}, though.",
          "Erledigt für {host}; {server} folgt heute Abend.",
          "確認しました。{ip} からの通信は止まっています。",
          "Don't close this before IT has answered – they said \"tomorrow\" ☕");

  private final World world;

  Seed(World world) {
    this.world = world;
  }

  /** What a restricted seed may produce; empty lists restrict nothing. */
  private record Wish(boolean matching, List<String> severities, List<String> statuses) {}

  /** What every fresh simulator holds. */
  void smallWorld() {
    add(new JsonObject().put("tasks", 12).put("seed", 23));
  }

  /**
   * Adds content.
   *
   * @throws IllegalArgumentException naming the key that is unknown or the value it refuses
   */
  JsonObject add(JsonObject request) {
    for (String key : request.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown key \"" + key + "\"; known are " + KEYS);
      }
    }
    int tasks = request.getInteger("tasks", 0);
    if (tasks < 0 || tasks > 1_000_000) {
      throw new IllegalArgumentException("tasks must be between 0 and 1000000, but was " + tasks);
    }
    Wish wish =
        new Wish(
            request.getBoolean("matching", false),
            list(request, "severities", CaseRow.SEVERITIES),
            list(request, "statuses", TaskRow.STATUSES));
    if (wish.matching() && !(wish.severities().isEmpty() && wish.statuses().isEmpty())) {
      throw new IllegalArgumentException("matching goes with neither severities nor statuses");
    }
    Instant day = day(request.getString("day"));
    if (request.getBoolean("clear", false)) {
      world.clear();
    }
    Random random = new Random(request.getLong("seed", 1L));
    int cases = 0;
    for (int left = tasks; left > 0; cases++) {
      left -= addCase(random, wish, day, left);
    }
    return new JsonObject()
        .put("tasks", tasks)
        .put("cases", cases)
        .put("held", new JsonObject().put("tasks", world.tasks.all().size()));
  }

  private int addCase(Random random, Wish wish, Instant day, int atMost) {
    Scenario scenario = Vocabulary.pick(random, Scenarios.ALL);
    Vocabulary words = new Vocabulary(random);
    People.Person lead = Vocabulary.member(random, People.SOC_TEAM);
    CaseRow row = world.newCase(xid(random, world.cases), user(lead));
    row.name = words.fill(scenario.title());
    row.description = words.fill(scenario.description());
    row.severity = severity(random, scenario, wish);
    row.tags.add(scenario.tag());
    row.resolution = "In Progress / Investigating";
    row.assignee = random.nextInt(3) == 0 ? group(People.SOC_TEAM) : user(lead);
    Instant opened = day.minus(Duration.ofMinutes(8 * 60 + random.nextInt(5 * 24 * 60)));
    row.caseDetectionTime = opened;
    row.caseOccurrenceTime = opened.minus(Duration.ofMinutes(5 + random.nextInt(600)));
    world.addEvent(row.id(), "cases/" + row.id(), user(lead), "Case created");

    int size = Math.min(scenario.steps().size(), atMost);
    // How far the team has come; in every fourth case nothing is done yet.
    int done = random.nextInt(4) == 0 ? 0 : random.nextInt(size + 1);
    List<TaskRow> before = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Step step = scenario.steps().get(i);
      TaskRow previous = i == 0 ? null : before.get(i - 1);
      long number = before.stream().filter(earlier -> earlier.phase == step.phase()).count() + 1;
      TaskRow task = task(random, words, row, step, number, opened);
      settle(random, wish, task, previous, step, i < done);
      if (task.isClosed()) {
        Assignee.User by = user(doer(random, step.doer()));
        task.assignee = by;
        task.completedBy = by.name();
        task.completedDate = opened.plus(Duration.ofMinutes(20L + 45L * i + random.nextInt(40)));
      } else if (task.dueDate != null && task.dueDate.isBefore(day) && random.nextInt(4) > 0) {
        // A team that let everything run late would be no example.
        task.dueDate = day.plus(Duration.ofMinutes(15L * (1 + random.nextInt(4 * 72))));
      }
      TaskRow numbered = task.as(world.newTaskId());
      world.put(numbered);
      before.add(numbered);
      decorate(random, words, numbered, step);
    }
    return size;
  }

  private TaskRow task(
      Random random, Vocabulary words, CaseRow row, Step step, long number, Instant opened) {
    TaskRow task = new TaskRow(0, xid(random, world.tasks), row.id());
    task.name = words.fill(step.name());
    task.description = words.fill(step.description());
    task.required = step.required();
    task.phase = step.phase();
    task.step = number;
    if (random.nextInt(5) > 0) {
      task.dueDate = opened.plus(Duration.ofHours(step.hours()));
    }
    task.assignee =
        switch (random.nextInt(8)) {
          case 0 -> null;
          case 1, 2, 3 -> group(step.doer() == Doer.SOC ? People.SOC_TEAM : People.IT_OPERATIONS);
          default -> user(doer(random, step.doer()));
        };
    if (!step.input().isEmpty()) {
      task.configTask =
          new JsonArray()
              .add(
                  new JsonObject()
                      .put("artifactType", step.input())
                      .put("dataType", "String")
                      .put("name", step.input())
                      .put("required", step.required())
                      .put("uiElement", "String")
                      .put("uiLabel", step.input()));
    }
    return task;
  }

  /** Gives a task its status and, with it, what it waits for. */
  private void settle(
      Random random, Wish wish, TaskRow task, @Nullable TaskRow previous, Step step, boolean done) {
    boolean canWait = previous != null && !previous.isClosed();
    if (!wish.statuses().isEmpty()) {
      task.status = Vocabulary.pick(random, wish.statuses());
      if (task.status.equals("Pending") && canWait && previous != null) {
        task.dependentOnId = previous.id();
      }
      return;
    }
    if (step.afterPrevious() && previous != null) {
      task.dependentOnId = previous.id();
    }
    if (task.dependentOnId != null && canWait) {
      task.status = "Pending";
    } else if (done && !wish.matching()) {
      task.status = random.nextInt(12) == 0 ? "Reopened" : "Closed";
    }
  }

  private void decorate(Random random, Vocabulary words, TaskRow task, Step step) {
    if (random.nextInt(4) == 0) {
      world.addNote(
          task.caseId(),
          task.id(),
          null,
          null,
          doer(random, step.doer()).email(),
          words.fill(Vocabulary.pick(random, SMALL_TALK)));
    }
    if (!step.input().isEmpty() && (task.isClosed() || random.nextBoolean())) {
      String summary =
          switch (step.input()) {
            case "File Hash" -> words.word("hash");
            case "IP Address" -> words.word("ip");
            default -> "badguy@" + words.word("domain");
          };
      ArtifactRow artifact = world.addArtifact(task.caseId(), task.id(), summary, step.input());
      artifact.source = "Analysis";
    }
  }

  private static String severity(Random random, Scenario scenario, Wish wish) {
    if (!wish.severities().isEmpty()) {
      return Vocabulary.pick(random, wish.severities());
    }
    String usual = Vocabulary.pick(random, scenario.severities());
    boolean grave = usual.equals("High") || usual.equals("Critical");
    return wish.matching() && !grave ? "High" : usual;
  }

  private static People.Person doer(Random random, Doer doer) {
    return Vocabulary.member(random, doer == Doer.SOC ? People.SOC_TEAM : People.IT_OPERATIONS);
  }

  private Assignee.User user(People.Person person) {
    return world.userByName(person.email()).orElseThrow();
  }

  private Assignee.Group group(String name) {
    return world.groupByName(name).orElseThrow();
  }

  /** From the seed, so that it repeats; the next one if the same seed was used before. */
  private static String xid(Random random, Table<?> table) {
    String xid;
    do {
      xid = new UUID(random.nextLong(), random.nextLong()).toString();
    } while (table.byXid(xid) != null);
    return xid;
  }

  private Instant day(@Nullable String day) {
    try {
      LocalDate date =
          day == null ? LocalDate.ofInstant(world.now(), ZoneOffset.UTC) : LocalDate.parse(day);
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "day must be such as 2026-03-02, but was \"" + day + "\"", e);
    }
  }

  private static List<String> list(JsonObject request, String key, List<String> known) {
    List<String> values =
        request.getJsonArray(key, new JsonArray()).stream().map(String::valueOf).toList();
    for (String value : values) {
      if (!known.contains(value)) {
        throw new IllegalArgumentException(
            key + " may hold " + String.join(", ", known) + ", but not " + value);
      }
    }
    return values;
  }
}
