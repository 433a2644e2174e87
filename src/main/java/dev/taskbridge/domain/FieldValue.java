package dev.taskbridge.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one side holds in one field. Equality is what "has this side moved since base" asks, so it
 * ignores what a system may reword without anybody's edit: a user's display name, a status's label,
 * line endings.
 */
public sealed interface FieldValue {

  /** Nothing there; not the same as an empty text on systems that tell the two apart. */
  FieldValue ABSENT = new Absent();

  /** Picks by case; a new case fails to compile wherever it is not handled. */
  <R> R match(Cases<R> cases);

  /** For people: what a report or a conflict shows. */
  String shown();

  /** One method a case. */
  interface Cases<R> {
    R absent();

    R text(Text text);

    R choice(Choice choice);

    R user(User user);

    R group(Group group);

    R day(Day day);

    R moment(Moment moment);

    R names(Names names);
  }

  /** {@code text} as a value; blank text is {@link #ABSENT}. */
  static FieldValue text(String text) {
    return text.isBlank() ? ABSENT : new Text(text);
  }

  /** See {@link #ABSENT}. */
  record Absent() implements FieldValue {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.absent();
    }

    @Override
    public String shown() {
      return "(nothing)";
    }
  }

  /** Plain text, lines ended by LF, no white space at its ends. */
  record Text(String text) implements FieldValue {
    public Text {
      text = text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(this);
    }

    @Override
    public String shown() {
      return text;
    }
  }

  /**
   * One of a list that the system defines: a status, a priority.
   *
   * @param id what identifies it to the system for good; in a value that is to be written it may be
   *     the label, which the adapter looks up
   * @param label what people call it, and what configuration may say in its place
   */
  record Choice(String id, String label) implements FieldValue {
    /** A choice known by its name only. */
    public static Choice named(String name) {
      return new Choice(name, name);
    }

    /** Whether configuration means this choice by {@code name}: its id or its label, case aside. */
    public boolean isCalled(String name) {
      return id.equalsIgnoreCase(name.strip()) || label.equalsIgnoreCase(name.strip());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Choice choice && id.equals(choice.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.choice(this);
    }

    @Override
    public String shown() {
      return label;
    }
  }

  /**
   * A person.
   *
   * @param id the system's own identifier (ThreatConnect user name, Jira account id or name,
   *     ServiceNow sys_id); empty in a value that is to be written and known by e-mail only
   * @param email empty where the system does not show it; compared without case
   * @param name for people
   */
  record User(String id, String email, String name) implements FieldValue {
    /** The person with this address, to be looked up by whoever writes it. */
    public static User withEmail(String email) {
      return new User("", email, email);
    }

    public boolean hasEmail(String address) {
      return !email.isEmpty()
          && email.toLowerCase(Locale.ROOT).equals(address.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof User user
          && id.equals(user.id)
          && (!id.isEmpty() || email.equalsIgnoreCase(user.email));
    }

    @Override
    public int hashCode() {
      return id.isEmpty() ? email.toLowerCase(Locale.ROOT).hashCode() : id.hashCode();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.user(this);
    }

    @Override
    public String shown() {
      if (!email.isEmpty()) {
        return email;
      }
      return name.isEmpty() || name.equals(id) ? id : name + " (" + id + ")";
    }
  }

  /**
   * A group of people.
   *
   * @param id the system's own identifier; the name in a value that is to be written
   */
  record Group(String id, String name) implements FieldValue {
    public static Group named(String name) {
      return new Group(name, name);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Group group && id.equals(group.id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.group(this);
    }

    @Override
    public String shown() {
      return "group " + name;
    }
  }

  /** A date without a time or a zone. */
  record Day(LocalDate date) implements FieldValue {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.day(this);
    }

    @Override
    public String shown() {
      return date.toString();
    }
  }

  /** A point in time, to the second: no system here keeps more in a due date. */
  record Moment(Instant instant) implements FieldValue {
    public Moment {
      instant = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.moment(this);
    }

    @Override
    public String shown() {
      return instant.toString();
    }
  }

  /** An unordered set of words, such as labels. */
  record Names(SortedSet<String> names) implements FieldValue {
    public Names {
      names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.names(this);
    }

    @Override
    public String shown() {
      return String.join(", ", names);
    }
  }
}
