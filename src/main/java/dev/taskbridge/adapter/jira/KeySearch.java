package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the issues that carry our keys, wherever they were moved to. */
final class KeySearch {
  private static final Duration PROJECT_CHECK = Duration.ofMinutes(10);
  private static final int MOST_PAGES = 20;

  private final InScope in;

  KeySearch(InScope in) {
    this.in = in;
  }

  Outcome<List<Ticket>> find(List<IdempotencyKey> keys) {
    if (keys.isEmpty()) {
      return Outcome.done(List.of());
    }
    Set<IdempotencyKey> wanted = new HashSet<>(keys);
    Map<String, JsonNode> carriers = new LinkedHashMap<>();
    Map<String, Ticket> tickets = new LinkedHashMap<>();
    SearchQuery query = query(keys);
    for (int page = 0; page < MOST_PAGES; page++) {
      Outcome<SearchPage> found = in.search(query);
      if (found.refusal().isPresent()) {
        return Outcome.refused(found.refusal().get());
      }
      for (JsonNode issue : found.value().orElseThrow().issues()) {
        Outcome<Ticket> ticket = Readback.of(in, issue);
        if (ticket.refusal().isPresent()) {
          // It may be the one that is looked for: better not to know than to make another.
          return Outcome.refused(ticket.refusal().get());
        }
        Ticket read = ticket.value().orElseThrow();
        if (read.idempotencyKeys().stream().anyMatch(wanted::contains)) {
          tickets.put(read.id(), read);
          carriers.put(read.id(), issue);
        }
      }
      Optional<String> next = found.value().orElseThrow().next();
      if (next.isEmpty()) {
        break;
      }
      query = query.from(next);
    }
    return withoutCopies(tickets, carriers).then(found -> believable(found, wanted));
  }

  private SearchQuery query(List<IdempotencyKey> keys) {
    List<String> values = keys.stream().map(IdempotencyKey::value).toList();
    Optional<String> field = in.site().settings().keyField();
    Jql jql =
        field.isPresent()
            ? new Jql().contains(Jql.clause(field.get()), values)
            : new Jql().in("labels", values);
    return SearchQuery.of(jql.orderedBy("created ASC"), in.fields(), 2 * values.size())
        .withProperty(Marker.PROPERTY);
  }

  /**
   * When people clone an issue the labels go along and the marker stays: of several issues with one
   * key those with the marker count.
   */
  private Outcome<List<Ticket>> withoutCopies(
      Map<String, Ticket> tickets, Map<String, JsonNode> carriers) {
    Map<IdempotencyKey, List<Ticket>> byKey =
        tickets.values().stream()
            .flatMap(t -> t.idempotencyKeys().stream().map(key -> Map.entry(key, t)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Set<String> copies = new HashSet<>();
    for (Map.Entry<IdempotencyKey, List<Ticket>> each : byKey.entrySet()) {
      if (each.getValue().size() > 1) {
        Outcome<Set<String>> marked = marked(each.getKey(), each.getValue(), carriers);
        if (marked.refusal().isPresent()) {
          return Outcome.refused(marked.refusal().get());
        }
        Set<String> originals = marked.value().orElseThrow();
        if (!originals.isEmpty()) {
          each.getValue().stream()
              .map(Ticket::id)
              .filter(id -> !originals.contains(id))
              .forEach(copies::add);
        }
      }
    }
    List<Ticket> rest = new ArrayList<>(tickets.values());
    rest.removeIf(ticket -> copies.contains(ticket.id()));
    return Outcome.done(rest);
  }

  private Outcome<Set<String>> marked(
      IdempotencyKey key, List<Ticket> tickets, Map<String, JsonNode> carriers) {
    Set<String> marked = new HashSet<>();
    for (Ticket ticket : tickets) {
      Optional<JsonNode> issue = Optional.ofNullable(carriers.get(ticket.id()));
      if (issue.map(json -> json.path("properties").isMissingNode()).orElse(true)) {
        // Data Center's search has no properties to give.
        Outcome<Optional<JsonNode>> one = in.fetchOne(ticket.id(), false);
        if (one.refusal().isPresent()) {
          return Outcome.refused(one.refusal().get());
        }
        issue = one.value().orElseThrow();
      }
      if (issue.flatMap(Marker::keyIn).filter(key.value()::equals).isPresent()) {
        marked.add(ticket.id());
      }
    }
    return Outcome.done(marked);
  }

  /** "Not found" from an account that may not see the project would make every issue again. */
  private Outcome<List<Ticket>> believable(List<Ticket> found, Set<IdempotencyKey> wanted) {
    Set<IdempotencyKey> carried =
        found.stream().flatMap(t -> t.idempotencyKeys().stream()).collect(Collectors.toSet());
    if (carried.containsAll(wanted)) {
      return Outcome.done(found);
    }
    return in.projectSeen(PROJECT_CHECK).map(visible -> found);
  }
}
