package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.Optional;

/** Refusals in words that a person can act on. */
final class Words {
  private static final int MOST_VALUE = 80;

  private Words() {}

  /** A write that was answered with success and left a column as it was. */
  static String notStored(
      TableRules rules, Row row, FieldName field, Draft.Part part, String column) {
    if (!row.has(column)) {
      return "asked for "
          + field
          + " "
          + quoted(part.asked())
          + ", but the account may not read "
          + rules.table()
          + "."
          + column
          + ", so what became of it cannot be told: grant it read access";
    }
    String now = row.label(column);
    return "asked for "
        + field
        + " "
        + quoted(part.asked())
        + ", and ServiceNow answered without an error, but "
        + row.value("number")
        + " has "
        + column
        + " "
        + (now.isEmpty() ? "empty" : quoted(now))
        + ": "
        + cause(rules, row, field, column);
  }

  private static String cause(TableRules rules, Row row, FieldName field, String column) {
    if (field.equals(FieldName.STATUS) && rules.chain().contains("problem")) {
      return "the Table API does not move problems; their status can only be carried to-task";
    }
    if (row.value("active").equals("false")) {
      return "the record is closed, and closed records are read-only";
    }
    if (field.equals(FieldName.STATUS)) {
      return column.equals("state")
          ? "a rule of the instance holds it, or the account lacks the role for this step"
          : "\""
              + column
              + "\" does not take the value that fields.status.set gives it; its choices may have"
              + " other stored values";
    }
    if (field.equals(FieldName.PRIORITY)) {
      return "the instance's own rules make the priority from impact and urgency";
    }
    return "a write rule drops it for this account, the value is not one that the column takes, or"
        + " a rule of the instance changed it";
  }

  /**
   * A write that was refused as a whole, with what to do about it.
   *
   * @param present the record that it was to change; empty for one that was to be made
   * @param status the status that the write would have entered, if any
   */
  static Refusal explained(
      Refusal why, TableRules rules, Optional<Ticket> present, Optional<String> status) {
    if (!(why instanceof Refusal.Rejected rejected)) {
      return why;
    }
    Optional<FieldName> field = rejected.field().or(() -> status.map(s -> FieldName.STATUS));
    String words = rejected.words();
    if (words.contains("Data Policy Exception")) {
      // The policy names labels in the account's language, so they can only be passed on.
      return new Refusal.Rejected(
          field,
          words
              + status
                  .map(
                      label ->
                          ". Give the fields that it names under fields.status.set, as in set: { "
                              + label
                              + ": { close_code: …, close_notes: … } }")
                  .orElse(". Map the fields that it names, each by its column name"));
    }
    if (words.contains("ACL Exception")) {
      return new Refusal.Rejected(field, words + ". " + denied(rules, present, status));
    }
    return new Refusal.Rejected(field, words);
  }

  /** A journal entry that was refused. */
  static Refusal notAdded(Refusal why, TableRules rules, String column) {
    return why instanceof Refusal.Rejected rejected && rejected.words().contains("ACL Exception")
        ? new Refusal.Rejected(
            Optional.empty(),
            rejected.words()
                + ". The account may not write "
                + column
                + " of this "
                + rules.table()
                + ": the record is closed, or a role is missing")
        : why;
  }

  private static String denied(
      TableRules rules, Optional<Ticket> present, Optional<String> status) {
    String account = "The account may not ";
    if (present.isEmpty()) {
      return account
          + "make "
          + rules.table()
          + " records"
          + status.map(label -> " that begin as " + quoted(label)).orElse("")
          + ": grant it the role";
    }
    String record = present.get().key();
    String now = quoted(present.get().value(FieldName.STATUS).shown());
    if (present.get().closed()) {
      return record
          + " is "
          + now
          + ", and a closed record is read-only to those who lack a role of its own: reopen it in"
          + " ServiceNow, or unlink it here and a change is asked of it no more";
    }
    return status
        .map(
            label ->
                account
                    + "take "
                    + record
                    + " from "
                    + now
                    + " to "
                    + quoted(label)
                    + ". Unless it was closed meanwhile, grant the role for that step, or name first"
                    + " in fields.status.map a"
                    + " status that it may set"
                    + (rules.states().containsValue("Resolved") ? ", such as Resolved" : ""))
        .orElse(account + "change " + record + ": grant it write access to " + rules.table());
  }

  static String quoted(String value) {
    return "\""
        + (value.length() <= MOST_VALUE ? value : value.substring(0, MOST_VALUE) + "…")
        + "\"";
  }
}
