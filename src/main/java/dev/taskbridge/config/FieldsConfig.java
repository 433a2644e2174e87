package dev.taskbridge.config;

import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.TaskStatus;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sync carries. A field that is empty here is not carried.
 *
 * @param title always there: a ticket cannot be created without one
 * @param custom fields of the ticketing system's own, by its id for them, in the order of the file
 */
public record FieldsConfig(
    Plain title,
    Optional<Plain> description,
    Optional<Status> status,
    Optional<Assignee> assignee,
    Optional<DueDate> dueDate,
    Optional<Priority> priority,
    Optional<Notes> notes,
    Optional<Dependency> dependency,
    Optional<Artifacts> artifacts,
    Map<FieldName, Custom> custom) {

  public FieldsConfig {
    custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
  }

  /** Which way a field is carried. */
  public enum Direction {
    BOTH,
    TO_TICKET,
    TO_TASK,
    OFF;

    public boolean carriesToTicket() {
      return this == BOTH || this == TO_TICKET;
    }

    public boolean carriesToTask() {
      return this == BOTH || this == TO_TASK;
    }
  }

  /** Whose value stays when both sides changed. */
  public enum Conflict {
    THREATCONNECT,
    TICKET,
    NEWEST,
    /** A person is asked. */
    ASK
  }

  /**
   * A field that needs no table: the title, the description.
   *
   * @param direction default {@link Direction#BOTH} for the title, {@link Direction#TO_TICKET} for
   *     the description
   * @param conflict default {@link Conflict#NEWEST}
   */
  public record Plain(Direction direction, Conflict conflict) {}

  /**
   * The status.
   *
   * @param map for each task status the ticket statuses that agree with it, the first being what a
   *     write aims at; never empty, neither are the lists
   * @param back for every ticket status of {@code map} the task status that it means; agrees with
   *     {@code map}; what the file leaves out is derived, preferring Open, Pending, Reopened,
   *     Closed
   * @param reopened what a closed task becomes when its ticket leaves its closing statuses, where
   *     that agrees with the ticket's status; derived as Reopened if {@code map} has it
   * @param set by ticket status, the fields that the step into it wants
   */
  public record Status(
      Direction direction,
      Conflict conflict,
      Map<TaskStatus, List<String>> map,
      Map<String, TaskStatus> back,
      Optional<TaskStatus> reopened,
      Map<String, Map<String, String>> set) {
    public Status {
      map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
      back = Collections.unmodifiableMap(new LinkedHashMap<>(back));
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /**
   * The assignee.
   *
   * @param users from a ThreatConnect user name to the ticket user's e-mail address, login or id
   * @param groups from a ThreatConnect group's name to a {@link FieldValue.User} or {@link
   *     FieldValue.Group}
   * @param fallback who takes what nobody can be found for; empty for {@code default: none}
   */
  public record Assignee(
      Direction direction,
      Conflict conflict,
      Map<String, String> users,
      Map<String, FieldValue> groups,
      Optional<FieldValue> fallback) {
    public Assignee {
      users = Map.copyOf(users);
      groups = Map.copyOf(groups);
    }
  }

  /**
   * The due date.
   *
   * @param zone where a ticket's day begins and ends; default UTC
   */
  public record DueDate(Direction direction, Conflict conflict, ZoneId zone) {}

  /**
   * The priority, which only a ticket has.
   *
   * @param direction {@link Direction#TO_TICKET} or {@link Direction#OFF}
   * @param map from a severity, or {@code true} and {@code false}, to the ticket's priority
   */
  public record Priority(Direction direction, From from, Map<String, String> map) {
    /** What the priority follows. */
    public enum From {
      /** The case's severity. */
      SEVERITY,
      /** Whether the case cannot be closed without the task. */
      REQUIRED
    }

    public Priority {
      map = Map.copyOf(map);
    }
  }

  /**
   * Notes and comments.
   *
   * @param visibility who may read a note once it is a comment; default internal
   */
  public record Notes(Direction direction, Visibility visibility) {}

  /**
   * The task that has to be closed first.
   *
   * @param direction {@link Direction#TO_TICKET} or {@link Direction#OFF}
   * @param link the type of Jira's issue link; default Blocks. ServiceNow has a parent instead
   */
  public record Dependency(Direction direction, String link) {}

  /**
   * Artifacts, as a block in the description.
   *
   * @param direction {@link Direction#TO_TICKET} or {@link Direction#OFF}
   * @param defang whether addresses and links are made harmless; default true
   */
  public record Artifacts(Direction direction, boolean defang) {}

  /**
   * A field of the ticketing system's own.
   *
   * @param direction {@link Direction#TO_TICKET} or {@link Direction#OFF}
   * @param value a text with placeholders such as {@code ${case.name}}, all of them known
   */
  public record Custom(Direction direction, String value) {}
}
