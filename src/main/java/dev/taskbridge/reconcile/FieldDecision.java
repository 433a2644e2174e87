package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Side;
import java.util.function.Function;

/** What is to happen to one field of one link. {@code seen} are the two values decided upon. */
public sealed interface FieldDecision {
  Base seen();

  <R> R match(
      Function<Agreed, R> agreed,
      Function<Write, R> write,
      Function<Conflict, R> conflict,
      Function<NoCounterpart, R> noCounterpart,
      Function<LeftAlone, R> leftAlone);

  /** The two sides say the same. */
  record Agreed(Base seen) implements FieldDecision {
    @Override
    public <R> R match(
        Function<Agreed, R> agreed,
        Function<Write, R> write,
        Function<Conflict, R> conflict,
        Function<NoCounterpart, R> noCounterpart,
        Function<LeftAlone, R> leftAlone) {
      return agreed.apply(this);
    }
  }

  /**
   * One side is to be given a value.
   *
   * @param why for people, such as {@code the task changed}
   */
  record Write(Side to, FieldValue value, String why, Base seen) implements FieldDecision {
    @Override
    public <R> R match(
        Function<Agreed, R> agreed,
        Function<Write, R> write,
        Function<Conflict, R> conflict,
        Function<NoCounterpart, R> noCounterpart,
        Function<LeftAlone, R> leftAlone) {
      return write.apply(this);
    }
  }

  /** Both sides moved, and a person is to choose. */
  record Conflict(Base seen) implements FieldDecision {
    @Override
    public <R> R match(
        Function<Agreed, R> agreed,
        Function<Write, R> write,
        Function<Conflict, R> conflict,
        Function<NoCounterpart, R> noCounterpart,
        Function<LeftAlone, R> leftAlone) {
      return conflict.apply(this);
    }
  }

  /** The value to be carried over has no counterpart on the side {@code to}. */
  record NoCounterpart(Side to, String reason, Base seen) implements FieldDecision {
    @Override
    public <R> R match(
        Function<Agreed, R> agreed,
        Function<Write, R> write,
        Function<Conflict, R> conflict,
        Function<NoCounterpart, R> noCounterpart,
        Function<LeftAlone, R> leftAlone) {
      return noCounterpart.apply(this);
    }
  }

  /** The write of these very values was refused, and it is not yet time to try it again. */
  record LeftAlone(Base seen) implements FieldDecision {
    @Override
    public <R> R match(
        Function<Agreed, R> agreed,
        Function<Write, R> write,
        Function<Conflict, R> conflict,
        Function<NoCounterpart, R> noCounterpart,
        Function<LeftAlone, R> leftAlone) {
      return leftAlone.apply(this);
    }
  }
}
