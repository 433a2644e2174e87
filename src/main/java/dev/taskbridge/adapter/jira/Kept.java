package dev.taskbridge.adapter.jira;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what Jira was asked to hold with what it then holds. A write may be answered with
 * success and not be done: a screen, a rule or a post-function had other plans.
 */
final class Kept {
  private Kept() {}

  /**
   * The fields that do not hold what was asked.
   *
   * @param before the issue as it was, {@link Ticket#NONE} for a new one
   */
  static Map<FieldName, Refusal> differences(
      JiraScope scope, Map<FieldName, FieldValue> asked, Ticket before, Ticket now) {
    Map<FieldName, Refusal> differences = new HashMap<>();
    asked.forEach(
        (name, wanted) -> {
          boolean readBack =
              scope.maps(name) || name.equals(FieldName.STATUS) || name.equals(FieldName.TITLE);
          if (readBack && !holds(name, wanted, before.value(name), now.value(name))) {
            differences.put(
                name,
                new Refusal.Rejected(
                    Optional.of(name),
                    Words.bounded(
                        "Jira reported success but "
                            + now.key()
                            + " holds "
                            + shown(now.value(name))
                            + " instead of "
                            + shown(wanted))));
          }
        });
    return differences;
  }

  /** Whether an issue is in the status that is wanted, by id or name. */
  static boolean sameStatus(FieldValue wanted, Ticket issue) {
    return wanted instanceof Choice asked
        && issue.value(FieldName.STATUS) instanceof Choice present
        && (present.isCalled(asked.id()) || present.isCalled(asked.label()));
  }

  private static boolean holds(
      FieldName name, FieldValue wanted, FieldValue before, FieldValue now) {
    if (wanted.equals(now)) {
      return true;
    }
    if (wanted.equals(FieldValue.ABSENT) || now.equals(FieldValue.ABSENT)) {
      return false;
    }
    if (now instanceof Text) {
      // Jira may reword a text (white space, a cut); only one that stayed as it was is a refusal.
      return !now.equals(before);
    }
    if (now instanceof Choice choice) {
      return wanted instanceof Choice asked
          ? choice.isCalled(asked.id()) || choice.isCalled(asked.label())
          : choice.isCalled(wanted.shown());
    }
    if (now instanceof User user) {
      return isPerson(wanted, user);
    }
    if (now instanceof Names names) {
      return wanted instanceof Names asked
          ? names.names().equals(ValueWriter.labels(asked.names()))
          : names.names().contains(wanted.shown());
    }
    return now.shown().equals(wanted.shown().strip());
  }

  private static boolean isPerson(FieldValue wanted, User now) {
    if (wanted instanceof User asked && !asked.id().isEmpty()) {
      return asked.id().equals(now.id());
    }
    String email = wanted instanceof User asked ? asked.email() : wanted.shown();
    return now.email().isEmpty() || now.hasEmail(email);
  }

  private static String shown(FieldValue value) {
    return "\"" + Words.cut(value.shown(), 80) + "\"";
  }
}
