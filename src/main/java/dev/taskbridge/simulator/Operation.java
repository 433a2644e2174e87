package dev.taskbridge.simulator;

/** What a simulator does for one kind of request; runs on the simulator's only thread. */
@FunctionalInterface
public interface Operation {
  /**
   * Does the work and says what to answer.
   *
   * @throws ReplyException to answer from deep inside
   */
  Reply answer(Call call);
}
