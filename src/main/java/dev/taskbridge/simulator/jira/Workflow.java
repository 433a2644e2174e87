package dev.taskbridge.simulator.jira;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which statuses an issue may have and which steps lead from one to the next. */
record Workflow(String name, List<Status> statuses, Status initial, List<Step> steps) {

  /**
   * A transition.
   *
   * @param id unique in this workflow only; names may repeat
   * @param from empty for a step that leads from anywhere
   * @param screen the fields that may be sent along
   * @param required those of them that must be filled
   */
  record Step(
      String id,
      String name,
      Set<Status> from,
      Status to,
      List<String> screen,
      Set<String> required,
      Condition condition) {

    boolean global() {
      return from.isEmpty();
    }

    boolean leaves(Status status) {
      return global() || from.contains(status);
    }
  }

  /** When a step is offered at all. */
  enum Condition {
    ALWAYS("always"),
    /** Somebody is assigned. */
    ASSIGNED("assigned"),
    /** The one who asks is the assignee. */
    OWN("own"),
    /** The one who asks has the role Developers. */
    DEVELOPER("developer"),
    /** The one who asks has the role Administrators. */
    ADMINISTRATOR("administrator"),
    /** The issue has a due date. */
    DUE("due");

    final String key;

    Condition(String key) {
      this.key = key;
    }

    static Condition of(String key) {
      for (Condition condition : values()) {
        if (condition.key.equals(key)) {
          return condition;
        }
      }
      throw new IllegalArgumentException("no workflow condition \"" + key + "\"");
    }

    boolean holds(Issue issue, User user, Directory people) {
      return switch (this) {
        case ALWAYS -> true;
        case ASSIGNED -> issue.assignee() != null;
        case OWN -> user.equals(issue.assignee());
        case DEVELOPER -> people.hasRole(user, "Developers");
        case ADMINISTRATOR -> people.hasRole(user, "Administrators");
        case DUE -> issue.dueDate() != null;
      };
    }
  }

  /** The steps that {@code user} may take now. */
  List<Step> available(Issue issue, User user, Directory people) {
    return steps.stream()
        .filter(step -> step.leaves(issue.status()))
        .filter(step -> step.condition().holds(issue, user, people))
        .toList();
  }

  /** The status an issue gets that comes from another workflow. */
  Status nearest(Status foreign) {
    Optional<Status> same =
        statuses.stream().filter(status -> status.name().equals(foreign.name())).findFirst();
    return same.or(
            () ->
                statuses.stream()
                    .filter(status -> status.category() == foreign.category())
                    .findFirst())
        .orElse(initial);
  }
}
