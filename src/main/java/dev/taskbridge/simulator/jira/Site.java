package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.SimulatedClock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One Jira site: what it is configured with and what it holds. */
final class Site {
  /** The project that configurations count on. */
  static final String MAIN_PROJECT = "SEC";

  private static final List<IssueType> WORK =
      List.of(new IssueType("10002", "Task", 0), new IssueType("10004", "Bug", 0));
  private static final List<IssueType> ALL_TYPES =
      List.of(
          WORK.get(0),
          WORK.get(1),
          new IssueType("10003", "Sub-task", -1),
          new IssueType("10000", "Epic", 1));

  private final Flavour flavour;
  private final SimulatedClock clock;
  private final Switches switches;
  private final Directory people;
  private final List<Choice> priorities =
      List.of(
          new Choice("1", "Highest"),
          new Choice("2", "High"),
          new Choice("3", "Medium"),
          new Choice("4", "Low"),
          new Choice("5", "Lowest"));
  private final List<Choice> resolutions =
      List.of(
          new Choice("10000", "Done"),
          new Choice("10001", "Won't Do"),
          new Choice("10002", "Duplicate"),
          new Choice("10003", "Cannot Reproduce"));
  private final List<LinkType> linkTypes =
      List.of(
          new LinkType("10000", "Blocks", "is blocked by", "blocks"),
          new LinkType("10002", "Duplicate", "is duplicated by", "duplicates"),
          new LinkType("10003", "Relates", "relates to", "relates to"));
  private final List<Project> projects;
  private final Fields fields;
  private final Workflows workflows = new Workflows();
  private final IssueStore issues;
  private final PerIssue<User> watchers = new PerIssue<>();
  private final PerIssue<User> voters = new PerIssue<>();
  private final PerIssue<Worklog> worklogs = new PerIssue<>();
  private final PerIssue<Attachment> attachments = new PerIssue<>();
  private final Set<Long> hidden = new HashSet<>();

  Site(Flavour flavour, SimulatedClock clock) {
    this.flavour = flavour;
    this.clock = clock;
    this.switches = new Switches();
    this.people = new Directory(switches);
    this.fields = new Fields(switches, priorities, resolutions);
    User lead = people.all().get(0);
    this.projects =
        List.of(
            new Project("10000", MAIN_PROJECT, "Security Operations", WORK, lead),
            new Project("10001", "OPS", "IT Operations", ALL_TYPES, lead));
    this.issues = new IssueStore(clock);
  }

  Flavour flavour() {
    return flavour;
  }

  boolean cloud() {
    return flavour == Flavour.CLOUD;
  }

  Switches switches() {
    return switches;
  }

  Directory people() {
    return people;
  }

  List<Choice> priorities() {
    return priorities;
  }

  List<Choice> resolutions() {
    return resolutions;
  }

  List<LinkType> linkTypes() {
    return linkTypes;
  }

  List<IssueType> issueTypes() {
    return ALL_TYPES;
  }

  List<Project> projects() {
    return projects;
  }

  /** Keys are case-sensitive here. */
  Optional<Project> project(String idOrKey) {
    return projects.stream()
        .filter(project -> project.id().equals(idOrKey) || project.key().equals(idOrKey))
        .findFirst();
  }

  Fields fields() {
    return fields;
  }

  Workflows workflows() {
    return workflows;
  }

  IssueStore issues() {
    return issues;
  }

  PerIssue<User> watchers() {
    return watchers;
  }

  PerIssue<User> voters() {
    return voters;
  }

  PerIssue<Worklog> worklogs() {
    return worklogs;
  }

  PerIssue<Attachment> attachments() {
    return attachments;
  }

  ZoneId zone() {
    return switches.zone(Switch.SITE_ZONE);
  }

  /** Milliseconds are what Jira keeps. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Takes an issue away from the API account, or gives it back. */
  void hide(Issue issue, boolean hide) {
    if (hide) {
      hidden.add(issue.id());
    } else {
      hidden.remove(issue.id());
    }
  }

  /** Whether {@code user} may browse the issue; nobody may without logging in. */
  boolean sees(@Nullable User user, Issue issue) {
    if (user == null) {
      return false;
    }
    return !people.isApiUser(user)
        || (switches.on(Switch.BROWSE_PROJECTS) && !hidden.contains(issue.id()));
  }

  boolean browses(@Nullable User user) {
    return user != null && (!people.isApiUser(user) || switches.on(Switch.BROWSE_PROJECTS));
  }

  boolean may(User user, Switch permission) {
    return !people.isApiUser(user) || switches.on(permission);
  }
}
