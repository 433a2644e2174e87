package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is to do it. A user is found by the configured table, else by e-mail address, else the
 * configured default is taken; a group only by the table.
 *
 * @param users from a ThreatConnect user name to the ticket user's e-mail address, login or id
 * @param groups from a ThreatConnect group's name to who stands for it in the ticketing system: a
 *     user with the address in {@code email}, or a named group
 * @param fallback who takes what nobody can be found for
 */
public record AssigneeMapping(
    Map<String, String> users, Map<String, FieldValue> groups, Optional<FieldValue> fallback)
    implements FieldMapping {

  public AssigneeMapping {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
  }

  @Override
  public FieldName field() {
    return FieldName.ASSIGNEE;
  }

  @Override
  public FieldValue onTask(Task task) {
    return task.assignee();
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    FieldValue onTicket = onTicket(ticket);
    return wanted(task.assignee()).map(wanted -> isSame(wanted, onTicket)).orElse(false);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    if (agree(task, present)) {
      return new Mapped.To(onTicket(present));
    }
    return wanted(task.assignee())
        .<Mapped>map(Mapped.To::new)
        .orElseGet(
            () ->
                new Mapped.Unmappable(
                    "task assignee "
                        + task.assignee().shown()
                        + " has no counterpart; name one in fields.assignee"
                        + (task.assignee() instanceof Group ? ".groups" : ".users")));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    if (agree(present, ticket)) {
      return new Mapped.To(onTask(present));
    }
    FieldValue onTicket = onTicket(ticket);
    if (onTicket.equals(FieldValue.ABSENT)) {
      return new Mapped.To(FieldValue.ABSENT);
    }
    List<FieldValue> named =
        java.util.stream.Stream.concat(
                users.entrySet().stream()
                    .filter(entry -> isSame(User.withEmail(entry.getValue()), onTicket))
                    .<FieldValue>map(
                        entry -> new User(entry.getKey(), entry.getKey(), entry.getKey())),
                groups.entrySet().stream()
                    .filter(entry -> isSame(entry.getValue(), onTicket))
                    .<FieldValue>map(entry -> Group.named(entry.getKey())))
            .distinct()
            .toList();
    if (named.size() == 1) {
      return new Mapped.To(named.get(0));
    }
    if (named.size() > 1) {
      return new Mapped.Unmappable(
          "ticket assignee "
              + onTicket.shown()
              + " stands for "
              + named.size()
              + " assignees of tasks in fields.assignee; which one is meant cannot be told");
    }
    return onTicket instanceof User user && !user.email().isEmpty()
        ? byEmail(user, onTicket)
        : new Mapped.Unmappable(
            "ticket assignee "
                + onTicket.shown()
                + " has no counterpart"
                + (onTicket instanceof User
                    ? ": the system shows no e-mail address; name the user in fields.assignee.users"
                    : "; name the group in fields.assignee.groups"));
  }

  /** ThreatConnect user names are e-mail addresses as a rule; one that the table moved is not. */
  private Mapped byEmail(User user, FieldValue onTicket) {
    User found = new User(user.email(), user.email(), user.name());
    return wanted(found).filter(wanted -> isSame(wanted, onTicket)).isPresent()
        ? new Mapped.To(found)
        : new Mapped.Unmappable(
            "ticket assignee "
                + user.shown()
                + " is somebody else's counterpart in fields.assignee.users");
  }

  /** Whom the ticket should be assigned to; empty if nobody can be named. */
  private Optional<FieldValue> wanted(FieldValue onTask) {
    if (onTask.equals(FieldValue.ABSENT)) {
      return Optional.of(FieldValue.ABSENT);
    }
    if (onTask instanceof Group group) {
      return Optional.ofNullable(groups.get(group.name())).or(() -> fallback);
    }
    if (onTask instanceof User user) {
      return Optional.ofNullable(users.get(user.id()))
          .or(() -> Optional.of(user.email()).filter(email -> email.contains("@")))
          .or(() -> Optional.of(user.id()).filter(id -> id.contains("@")))
          .<FieldValue>map(User::withEmail)
          .or(() -> fallback);
    }
    return fallback;
  }

  private static boolean isSame(FieldValue wanted, FieldValue onTicket) {
    if (wanted instanceof User who && onTicket instanceof User user) {
      return user.hasEmail(who.email()) || user.id().equalsIgnoreCase(who.email());
    }
    if (wanted instanceof Group which && onTicket instanceof Group group) {
      return group.name().equalsIgnoreCase(which.name())
          || group.id().equalsIgnoreCase(which.name());
    }
    return wanted.equals(onTicket);
  }
}
