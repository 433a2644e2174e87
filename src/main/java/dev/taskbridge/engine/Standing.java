package dev.taskbridge.engine;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** How a link with a ticket stands, judged by its fields. */
final class Standing {
  private Standing() {}

  /** {@code link} in the state that its fields put it in, due when the first of them is. */
  static Link of(Link link, Instant now) {
    Optional<Map.Entry<FieldName, FieldRecord>> worst =
        link.fields().entrySet().stream()
            .filter(entry -> entry.getValue().verdict().compareTo(Verdict.CONFLICT) >= 0)
            .min(
                Comparator.<Map.Entry<FieldName, FieldRecord>, Verdict>comparing(
                        entry -> entry.getValue().verdict())
                    .reversed()
                    .thenComparing(Map.Entry::getKey));
    LinkEvent event =
        worst
            .map(
                entry ->
                    entry.getValue().verdict() == Verdict.FAILING
                        ? LinkEvent.FAILURE_SEEN
                        : LinkEvent.CONFLICT_SEEN)
            .orElse(LinkEvent.AGREED);
    String reason =
        worst.map(entry -> entry.getKey() + ": " + entry.getValue().reason()).orElse("");
    Optional<Instant> due =
        link.fields().values().stream()
            .flatMap(field -> field.retryAt().stream())
            .min(Comparator.naturalOrder());
    return link.withDue(due).in(LinkTransitions.next(link.state(), event), reason, now);
  }

  /** Tells of every field whose verdict became worse, or whose reason changed. */
  static void tellTrouble(Work work, Link before, Link after, Instant now) {
    after
        .fields()
        .forEach(
            (field, record) -> {
              FieldRecord old = before.fields().get(field);
              boolean bad =
                  record.verdict() == Verdict.CONFLICT || record.verdict() == Verdict.FAILING;
              boolean news =
                  old == null
                      || old.verdict() != record.verdict()
                      || !old.reason().equals(record.reason());
              if (bad && news) {
                work.tell(now, after.key(), record.verdict().word(), field.word(), record.reason());
              }
            });
  }
}
