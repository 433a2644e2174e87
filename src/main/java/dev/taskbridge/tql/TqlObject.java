package dev.taskbridge.tql;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a query can be asked of, with the parameters each understands. */
public enum TqlObject {
  TASK,
  CASE,
  NOTE,
  ARTIFACT,
  WORKFLOW_EVENT,
  USER,
  USER_GROUP,
  OWNER;

  /** In the order of their keywords. */
  public Collection<TqlParameter> parameters() {
    return TqlCatalogue.of(this).values();
  }

  /** The parameter of that name, compared without case. */
  public Optional<TqlParameter> parameter(String name) {
    return Optional.ofNullable(TqlCatalogue.of(this).get(name.toLowerCase(Locale.ROOT)));
  }

  /** Such as {@code workflow event}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
