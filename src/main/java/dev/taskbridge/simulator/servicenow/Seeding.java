package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.People.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tickets that read like a security operations team's week. */
final class Seeding {
  private static final List<String> WHAT =
      List.of(
          "Phishing mail reported by %s",
          "Malware quarantined on the laptop of %s",
          "Impossible travel in the sign-ins of %s",
          "Password spray against the account of %s",
          "Unusual upload from the workstation of %s",
          "Lost security key of %s",
          "Privileged group changed by %s",
          "Blocked macro in a document from %s");
  private static final List<String> NEXT =
      List.of(
          "Check the mail gateway for further recipients.",
          "Collect a memory image before the machine is reinstalled.",
          "Ask whether the travel was real, then reset the sessions.",
          "Block the sending network and watch for new attempts.");

  private Seeding() {}

  /**
   * Adds {@code count} records to a task table; the same content for the same seed.
   *
   * @return how many rows the table holds now
   */
  static int add(Instance instance, String table, int count, long seed) {
    Random random = new Random(seed);
    Instant now = instance.clock.instant();
    for (int i = 0; i < count; i++) {
      Map<String, String> values = values(instance, table, random);
      String at = Times.stored(now.minus(Duration.ofMinutes(1 + random.nextInt(7 * 24 * 60))));
      values.put("opened_at", at);
      values.put("number", instance.nextNumber(table));
      instance.place(table, instance.nextId(), values, pick(random, People.ALL).login(), at);
    }
    return instance.rows(table).size();
  }

  private static Map<String, String> values(Instance instance, String table, Random random) {
    Person about = pick(random, People.ALL);
    int impact = 1 + random.nextInt(3);
    int urgency = 1 + random.nextInt(3);
    Map<String, String> values = new HashMap<>();
    values.put("short_description", String.format(pick(random, WHAT), about.fullName()));
    values.put("description", pick(random, NEXT));
    values.put("impact", String.valueOf(impact));
    values.put("urgency", String.valueOf(urgency));
    values.put("opened_by", SmallWorld.userId(about.login()));
    values.put("assignment_group", SmallWorld.groupId(pick(random, People.GROUPS)));
    if (random.nextBoolean()) {
      values.put("assigned_to", SmallWorld.userId(pick(random, People.ALL).login()));
    }
    if (random.nextInt(3) == 0) {
      values.put(
          "due_date",
          Times.stored(
              instance.clock.instant().plus(Duration.ofHours(1 + random.nextInt(14 * 24)))));
    }
    if (table.equals("incident")) {
      String state = pick(random, List.of("1", "2"));
      values.put("caller_id", SmallWorld.userId(about.login()));
      values.put("priority", String.valueOf(impact + urgency - 1));
      values.put("state", state);
      values.put("incident_state", state);
    }
    return values;
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
