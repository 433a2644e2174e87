package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends writes, in batches where that saves requests. What a batch leaves over is asked again in
 * the next; batches shrink when the server cannot finish them and grow again slowly.
 */
final class Writes {
  private static final Duration WITHOUT_BATCH = Duration.ofHours(1);
  private static final int SMALLEST = 5;

  /**
   * One write.
   *
   * @param sysId empty inserts
   */
  record Write(
      String table, Optional<String> sysId, Map<String, String> values, Records.Shape shape) {
    boolean inserts() {
      return sysId.isEmpty();
    }

    private Batch.Item item() {
      return sysId
          .map(id -> new Batch.Item("PATCH", TableApi.one(table, id, shape), TableApi.body(values)))
          .orElseGet(
              () -> new Batch.Item("POST", TableApi.many(table, shape), TableApi.body(values)));
    }
  }

  private final Records records;
  private final Optional<Batch> batch;
  private final int largest;
  private final Clock clock;
  private volatile int size;
  private volatile Instant noBatchUntil = Instant.EPOCH;

  /**
   * @param batch empty sends every write by itself
   */
  Writes(Records records, Optional<Batch> batch, int largest, Clock clock) {
    this.records = records;
    this.batch = batch;
    this.largest = largest;
    this.size = largest;
    this.clock = clock;
  }

  /** Why there is no batching though it is wanted; empty if there is. */
  boolean isBatchMissing() {
    return batch.isPresent() && clock.instant().isBefore(noBatchUntil);
  }

  /**
   * One answer per write, in that order. After a failure of the whole system the rest is not sent.
   */
  List<Http.Answer> send(List<Write> writes) {
    Http.Answer[] answers = new Http.Answer[writes.size()];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      left.add(i);
    }
    while (!left.isEmpty()) {
      List<Integer> sent = left.subList(0, Math.min(left.size(), batching() ? size : 1));
      Optional<Refusal> stop =
          sent.size() == 1
              ? single(writes, sent.get(0), answers)
              : together(writes, List.copyOf(sent), answers);
      left.removeIf(i -> answers[i] != null);
      if (stop.isPresent()) {
        for (int i : left) {
          answers[i] = new Http.NoAnswer(notSent(stop.get()));
        }
        left.clear();
      }
    }
    return Collections.unmodifiableList(Arrays.asList(answers));
  }

  private boolean batching() {
    return batch.isPresent() && !clock.instant().isBefore(noBatchUntil);
  }

  private Optional<Refusal> single(List<Write> writes, int index, Http.Answer[] answers) {
    Write write = writes.get(index);
    Http.Answer answer =
        write
            .sysId()
            .map(id -> records.update(write.table(), id, write.values(), write.shape()))
            .orElseGet(() -> records.create(write.table(), write.values(), write.shape()));
    answers[index] = answer;
    return systemTrouble(answer);
  }

  /** No answer, a refused account and "not now" meet the next request, too; a 500 need not. */
  private static Optional<Refusal> systemTrouble(Http.Answer answer) {
    if (answer instanceof Http.NoAnswer none) {
      return Optional.of(none.refusal());
    }
    return Verdict.result(answer, Verdict.Doing.WRITING)
        .refusal()
        .filter(why -> why instanceof Refusal.Busy || why instanceof Refusal.Denied);
  }

  private Optional<Refusal> together(
      List<Write> writes, List<Integer> sent, Http.Answer[] answers) {
    List<Write> chosen = sent.stream().map(writes::get).toList();
    Batch.Reply reply =
        batch
            .orElseThrow()
            .send(
                chosen.stream().map(Write::item).toList(),
                chosen.stream().noneMatch(Write::inserts));
    if (reply instanceof Batch.Unavailable) {
      noBatchUntil = clock.instant().plus(WITHOUT_BATCH);
      return Optional.empty();
    }
    if (reply instanceof Batch.Failed failed) {
      sent.forEach(i -> answers[i] = new Http.NoAnswer(failed.refusal()));
      return Optional.of(failed.refusal());
    }
    List<Optional<Http.Answer>> served = ((Batch.Served) reply).answers();
    int done = 0;
    for (int i = 0; i < sent.size(); i++) {
      if (served.get(i).isPresent()) {
        answers[sent.get(i)] = served.get(i).get();
        done++;
      }
    }
    if (done == sent.size()) {
      size = Math.min(largest, size + SMALLEST);
      return Optional.empty();
    }
    size = Math.max(SMALLEST, size / 2);
    return done > 0
        ? Optional.empty()
        : Optional.of(new Refusal.Unreachable("a batch came back without one write serviced"));
  }

  /** For what was never sent: certainly not executed, whatever became of the one before it. */
  private static Refusal notSent(Refusal stop) {
    return stop instanceof Refusal.Busy || stop instanceof Refusal.Denied
        ? stop
        : new Refusal.Unreachable("not sent, because of an earlier write: " + stop.words());
  }
}
