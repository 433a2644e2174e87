package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds the sys_ids of users and groups, many in one request. Neither an e-mail address nor a
 * group's name is unique (documented): two hits are no hit, and each is checked to be what was
 * asked for.
 */
final class Assignees {
  private static final Duration USER_GOOD_FOR = Duration.ofMinutes(10);
  private static final Duration GROUP_GOOD_FOR = Duration.ofHours(1);
  private static final Duration MISSING_FOR = Duration.ofMinutes(1);
  private static final int MOST_QUERY = 5000;
  private static final int MOST_ROWS = 1000;

  /** What a look-up said. */
  sealed interface Found {}

  record One(String sysId) implements Found {}

  /**
   * @param why for people, naming the value
   */
  record None(String why) implements Found {}

  private record Name(boolean ofUser, String lower) {}

  private final Records records;
  private final Remembered<Name, Found> known;

  Assignees(Records records, Clock clock) {
    this.records = records;
    this.known = new Remembered<>(clock);
  }

  /**
   * What each of {@code wanted} stands for; values that are neither users nor groups are left out.
   */
  Outcome<Map<FieldValue, Found>> find(Collection<FieldValue> wanted) {
    Map<FieldValue, Found> found = new HashMap<>();
    Set<String> users = new LinkedHashSet<>();
    Set<String> groups = new LinkedHashSet<>();
    for (FieldValue value : wanted) {
      Optional<String> name = name(value);
      if (name.isEmpty()) {
        continue;
      }
      boolean ofUser = value instanceof User;
      Optional<Found> at = atHand(ofUser, name.get());
      if (at.isPresent()) {
        found.put(value, at.get());
      } else {
        (ofUser ? users : groups).add(name.get());
      }
    }
    return lookUp(true, users)
        .then(u -> lookUp(false, groups))
        .map(
            done -> {
              for (FieldValue value : wanted) {
                name(value)
                    .flatMap(name -> atHand(value instanceof User, name))
                    .ifPresent(hit -> found.putIfAbsent(value, hit));
              }
              return found;
            });
  }

  private static Optional<String> name(FieldValue value) {
    if (value instanceof User user) {
      return Optional.of(
          Query.isSysId(user.id()) || user.email().isEmpty() ? user.id() : user.email());
    }
    return value instanceof Group group ? Optional.of(group.id()) : Optional.empty();
  }

  private Optional<Found> atHand(boolean ofUser, String name) {
    if (Query.isSysId(name)) {
      return Optional.of(new One(name));
    }
    if (!Query.isHarmless(name)) {
      return Optional.of(
          new None(
              "\""
                  + name
                  + "\" cannot be looked up: it is empty, too long, or holds characters that"
                  + " a query would misread"));
    }
    return known.get(new Name(ofUser, lower(name)));
  }

  /** Looks names up and remembers what came of each. */
  private Outcome<Boolean> lookUp(boolean users, Set<String> names) {
    Outcome<Boolean> done = Outcome.done(true);
    for (List<String> some : portions(names)) {
      done = done.then(ignored -> users ? users(some) : groups(some));
    }
    return done;
  }

  private Outcome<Boolean> users(List<String> names) {
    String list = String.join(",", names);
    String which =
        names.size() == 1
            ? "email=" + list + "^ORuser_name=" + list
            : "emailIN" + list + "^ORuser_nameIN" + list;
    return ask(
        true,
        names,
        which,
        List.of("sys_id", "email", "user_name"),
        (row, name) ->
            row.value("email").equalsIgnoreCase(name)
                || row.value("user_name").equalsIgnoreCase(name));
  }

  private Outcome<Boolean> groups(List<String> names) {
    return ask(
        false,
        names,
        names.size() == 1 ? "name=" + names.get(0) : "nameIN" + String.join(",", names),
        List.of("sys_id", "name"),
        (row, name) -> row.value("name").equalsIgnoreCase(name));
  }

  private Outcome<Boolean> ask(
      boolean ofUsers,
      List<String> names,
      String which,
      List<String> fields,
      BiPredicate<Row, String> matches) {
    String table = ofUsers ? "sys_user" : "sys_user_group";
    return Verdict.list(
            records.list(
                new Records.Listing(
                    table,
                    "active=true^" + which + "^ORDERBYsys_id",
                    new Records.Shape(fields, false),
                    MOST_ROWS,
                    0,
                    false)))
        .match(
            listed -> {
              boolean all = listed.rows().size() < MOST_ROWS;
              for (String name : names) {
                remember(
                    ofUsers,
                    name,
                    all
                        ? judge(ofUsers, name, listed.rows(), matches)
                        : new None("a look-up of " + table + " gave more than was asked for"));
              }
              return Outcome.done(true);
            },
            why -> {
              if (why instanceof Refusal.Denied || why instanceof Refusal.Rejected) {
                names.forEach(
                    name ->
                        remember(
                            ofUsers,
                            name,
                            new None(
                                "\""
                                    + name
                                    + "\" cannot be looked up in "
                                    + table
                                    + ": "
                                    + why.words())));
                return Outcome.done(true);
              }
              return Outcome.refused(why);
            });
  }

  private static Found judge(
      boolean ofUsers, String name, List<Row> rows, BiPredicate<Row, String> matches) {
    List<String> ids =
        rows.stream().filter(row -> matches.test(row, name)).map(Row::sysId).distinct().toList();
    if (ids.size() == 1) {
      return new One(ids.get(0));
    }
    String what =
        (ofUsers ? "user with the e-mail address or user name" : "group named")
            + " \""
            + name
            + "\"";
    return new None(
        ids.isEmpty()
            ? "there is no active " + what
            : "there is more than one active " + what + "; which one is meant cannot be told");
  }

  private void remember(boolean ofUser, String name, Found found) {
    known.put(
        new Name(ofUser, lower(name)),
        found,
        found instanceof None ? MISSING_FOR : ofUser ? USER_GOOD_FOR : GROUP_GOOD_FOR);
  }

  /** A name with a comma is asked for alone; the others as many as a URL holds. */
  private static List<List<String>> portions(Set<String> names) {
    List<List<String>> portions = new ArrayList<>();
    List<String> open = new ArrayList<>();
    int length = 0;
    for (String name : names) {
      if (!Query.isListable(name)) {
        portions.add(List.of(name));
        continue;
      }
      // Users are asked for twice, by address and by name.
      int more = 2 * (TableApi.encode(name).length() + 3);
      if (length + more > MOST_QUERY) {
        portions.add(List.copyOf(open));
        open.clear();
        length = 0;
      }
      open.add(name);
      length += more;
    }
    if (!open.isEmpty()) {
      portions.add(List.copyOf(open));
    }
    return portions;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
