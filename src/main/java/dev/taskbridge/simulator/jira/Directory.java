package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.People.Person;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is on this site: the eight people, the account the API is used with, groups and roles. */
final class Directory {
  static final String API_EMAIL = "bot@example.com";
  static final List<String> ROLES = List.of("Administrators", "Developers");

  // Both shapes that real account ids have; the colon of the newer one must be survived in URLs.
  private static final List<String> ACCOUNT_IDS =
      List.of(
          "5b10ac8d82e05b22cc7d4ef5",
          "712020:4c5b0a1e-93d7-4f6a-8f0e-5a1d2c3b4e5f",
          "557058:0867a421-a9ee-4659-801a-bc0ee4a4487e",
          "5fb7f6a0e5d6c8007131b3c2",
          "712020:d3a1f7b2-6c84-4e9b-a0d5-17e2f4c6b8a9",
          "60e5a86a471e61006a4c51fd",
          "712020:8e7d6c5b-4a39-4281-b7c6-d5e4f3a2b1c0",
          "63c1b2d3e4f5a60718293a4b");
  private static final List<String> ZONES =
      List.of(
          "America/Sao_Paulo",
          "America/New_York",
          "Asia/Shanghai",
          "Africa/Dakar",
          "Europe/Oslo",
          "Europe/Kyiv",
          "Africa/Lagos",
          "Asia/Tokyo");

  private final Switches switches;
  private final Map<String, User> byEmail = new LinkedHashMap<>();
  private final Map<String, User> byAccountId = new LinkedHashMap<>();
  private final Map<String, User> byName = new LinkedHashMap<>();

  Directory(Switches switches) {
    this.switches = switches;
    for (int i = 0; i < People.ALL.size(); i++) {
      Person person = People.ALL.get(i);
      add(
          new User(
              ACCOUNT_IDS.get(i),
              person.login(),
              "JIRAUSER" + (10100 + i),
              person.email(),
              person.fullName(),
              ZoneId.of(ZONES.get(i))));
    }
    add(
        new User(
            "712020:b07b07b0-1a2b-4c3d-8e4f-a5b6c7d8e9f0",
            "bot",
            "JIRAUSER10099",
            API_EMAIL,
            "Taskbridge Bot",
            ZoneId.of("UTC")));
  }

  private void add(User user) {
    byEmail.put(user.email(), user);
    byAccountId.put(user.accountId(), user);
    byName.put(user.name(), user);
  }

  /** The account whose credentials the simulator hands out. */
  User apiUser() {
    return email(API_EMAIL).orElseThrow();
  }

  boolean isApiUser(User user) {
    return user.email().equals(API_EMAIL);
  }

  List<User> all() {
    return List.copyOf(byEmail.values());
  }

  Optional<User> email(String email) {
    return Optional.ofNullable(byEmail.get(email.toLowerCase(Locale.ROOT)));
  }

  Optional<User> accountId(String id) {
    return Optional.ofNullable(byAccountId.get(id));
  }

  Optional<User> name(String login) {
    return Optional.ofNullable(byName.get(login.toLowerCase(Locale.ROOT)));
  }

  /** By login, key, account id or e-mail address, as JQL takes them. */
  Optional<User> anyId(String id) {
    return accountId(id)
        .or(() -> name(id))
        .or(() -> email(id))
        .or(() -> all().stream().filter(user -> user.key().equals(id)).findFirst());
  }

  /** The zone of a user's profile, which is how JQL reads that user's dates. */
  ZoneId zone(User user) {
    return isApiUser(user) ? switches.zone(Switch.USER_ZONE) : user.zone();
  }

  boolean emailHidden(User user) {
    return switches.words(Switch.HIDDEN_EMAILS).contains(user.email());
  }

  Set<String> groups() {
    Set<String> groups = new TreeSet<>(People.GROUPS);
    groups.add("jira-software-users");
    return groups;
  }

  boolean inGroup(User user, String group) {
    if (group.equals("jira-software-users")) {
      return true;
    }
    return isApiUser(user)
        ? switches.words(Switch.API_USER_GROUPS).contains(group)
        : person(user).groups().contains(group);
  }

  boolean hasRole(User user, String role) {
    if (isApiUser(user)) {
      return switches.words(Switch.API_USER_ROLES).contains(role);
    }
    return switch (role) {
      case "Administrators" -> user.name().equals("amina.diallo");
      case "Developers" -> inGroup(user, People.SOC_TEAM);
      default -> false;
    };
  }

  boolean sees(User user, Comment comment) {
    Visibility visibility = comment.visibility();
    return visibility == null || belongs(user, visibility);
  }

  boolean belongs(User user, Visibility audience) {
    return audience.type().equals("group")
        ? inGroup(user, audience.value())
        : hasRole(user, audience.value());
  }

  List<User> members(String group) {
    List<User> members = new ArrayList<>();
    for (User user : all()) {
      if (inGroup(user, group)) {
        members.add(user);
      }
    }
    return members;
  }

  private static Person person(User user) {
    return People.ALL.stream()
        .filter(person -> person.email().equals(user.email()))
        .findFirst()
        .orElseThrow();
  }
}
