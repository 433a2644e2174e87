package dev.taskbridge.tql;

import java.util.Optional;

/**
 * One thing that is wrong with a query.
 *
 * @param position where, counted in characters (code points) from 1; 0 if the query was composed
 * @param found what stands there; empty at the end of the query
 * @param expected what could stand there, for people
 * @param nearest the known word closest to what was found, if one is close
 */
public record TqlProblem(
    Kind kind, int position, String found, String expected, Optional<String> nearest) {

  /** What went wrong. */
  public enum Kind {
    /** The text is no query. */
    SYNTAX,
    /** The object has no parameter of that name. */
    UNKNOWN_PARAMETER,
    /** A parameter that is asked with brackets was compared, or the other way round. */
    NESTING,
    /** The operator does not suit the parameter's type. */
    OPERATOR,
    /** The value cannot be read as the parameter's type. */
    VALUE,
    /** The parameter has fixed values and this is none of them, so nothing can match it. */
    CHOICE
  }

  /** Such as {@code position 12: unexpected 'Opne', expected …; did you mean Open?} */
  public String message() {
    StringBuilder message = new StringBuilder();
    message.append("position ").append(position).append(": ");
    switch (kind) {
      case SYNTAX -> message.append("unexpected ").append(quoted());
      case UNKNOWN_PARAMETER -> message.append("unknown parameter ").append(quoted());
      case NESTING, OPERATOR, VALUE, CHOICE -> message.append(quoted()).append(" does not fit");
    }
    message.append(", expected ").append(expected);
    nearest.ifPresent(word -> message.append("; did you mean ").append(word).append('?'));
    return message.toString();
  }

  private String quoted() {
    return found.isEmpty() ? "end of query" : "'" + found + "'";
  }
}
