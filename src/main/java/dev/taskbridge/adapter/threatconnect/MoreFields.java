package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the fields that we would like to see beyond the usual ones the server offers: asking for
 * another is undocumented. Asked once a day.
 */
final class MoreFields {
  private final ThreatConnectApi api;
  private final Remembered<Kind, Set<String>> offered;

  MoreFields(ThreatConnectApi api, Clock clock) {
    this.api = api;
    this.offered = new Remembered<>(clock, Duration.ofDays(1), Duration.ofMinutes(10));
  }

  Outcome<List<String>> ofTasks(boolean artifacts) {
    return wanted(
        Kind.TASKS,
        artifacts ? List.of("caseId", "parentCase", "artifacts") : List.of("caseId", "parentCase"));
  }

  Outcome<List<String>> wanted(Kind kind, List<String> wanted) {
    return offered
        .get(kind, () -> ask(kind))
        .map(names -> wanted.stream().filter(names.orElse(Set.copyOf(wanted))::contains).toList());
  }

  private Outcome<Optional<Set<String>>> ask(Kind kind) {
    return api.moreFields(kind)
        .match(
            answer -> Outcome.done(Optional.of(names(answer.data().stream()))),
            // A server, or a firewall that lets no OPTIONS pass, does not tell: then the usual
            // fields are asked for, and if the account is refused, the list itself says so.
            refusal ->
                refusal instanceof Refusal.Rejected
                        || refusal instanceof Refusal.Gone
                        || refusal instanceof Refusal.Denied
                    ? Outcome.done(Optional.empty())
                    : Outcome.refused(refusal));
  }

  private static Set<String> names(Stream<JsonNode> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.add(TaskJson.text(row, "name")));
    return names;
  }
}
