package dev.taskbridge.domain;

import java.util.Optional;
import java.util.function.Function;

/** A result, or a refusal: expected failures are values. */
public sealed interface Outcome<T> {

  <R> R match(Function<? super T, R> done, Function<Refusal, R> refused);

  record Done<T>(T result) implements Outcome<T> {
    @Override
    public <R> R match(Function<? super T, R> done, Function<Refusal, R> refused) {
      return done.apply(result);
    }
  }

  record Refused<T>(Refusal why) implements Outcome<T> {
    @Override
    public <R> R match(Function<? super T, R> done, Function<Refusal, R> refused) {
      return refused.apply(why);
    }
  }

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  default <U> Outcome<U> map(Function<? super T, U> change) {
    return match(value -> done(change.apply(value)), Outcome::refused);
  }

  default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
    return match(next::apply, Outcome::refused);
  }

  default Optional<T> value() {
    return match(Optional::of, refusal -> Optional.empty());
  }

  default Optional<Refusal> refusal() {
    return match(value -> Optional.empty(), Optional::of);
  }
}
