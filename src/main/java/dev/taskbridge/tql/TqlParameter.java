package dev.taskbridge.tql;

import java.util.List;
import java.util.Optional;

/**
 * Something a query can ask of an object.
 *
 * @param keyword as documented; compared without case
 * @param emitted the type's name in answers to {@code OPTIONS …/tql}
 * @param choices the only values there are, for {@link Type#CHOICE}; else empty
 * @param nested whose parameters stand in the brackets, for {@link Type#NESTED}; empty if the
 *     related object is outside of what this catalogue describes
 */
public record TqlParameter(
    String keyword,
    Type type,
    String emitted,
    String description,
    List<String> choices,
    Optional<TqlObject> nested) {
  public TqlParameter {
    choices = List.copyOf(choices);
  }

  /** How a parameter is compared. */
  public enum Type {
    TEXT,
    INTEGER,
    BOOLEAN,
    DATE,
    /** A text with fixed values, compared without case. */
    CHOICE,
    /** Asked with brackets: {@code hasCase(…)}. */
    NESTED
  }
}
