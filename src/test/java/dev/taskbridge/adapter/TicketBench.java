package dev.taskbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.SimulatorServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A ticket system under test and what tests do with it.
 *
 * @param simulator the product that it speaks to, closed with this
 */
public record TicketBench(TicketSystem system, Scope scope, SimulatorServer simulator)
    implements AutoCloseable {
  // One client for all, and no upgrade to HTTP/2: with neither, an answer got lost now and then.
  private static final HttpClient CONTROL =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String SOMEBODY = "maria.silva@example.com";

  public NewTicket ticket(String title, Map<FieldName, FieldValue> more) {
    LinkKey link = new LinkKey("contract", UUID.randomUUID().toString());
    Map<FieldName, FieldValue> fields = new HashMap<>(more);
    fields.put(FieldName.TITLE, FieldValue.text(title));
    return new NewTicket(
        IdempotencyKey.of(link), link, "https://tc.example.com/tasks/" + link.xid(), fields);
  }

  public static IdempotencyKey key(String xid) {
    return IdempotencyKey.of(new LinkKey("contract", xid));
  }

  public List<Written<Ticket>> create(NewTicket... tickets) {
    return system.create(new CreateTickets(scope, List.of(tickets))).stream()
        .map(TicketBench::done)
        .toList();
  }

  public Ticket made(Map<FieldName, FieldValue> fields) {
    Written<Ticket> written = only(create(ticket("A task", fields)));
    assertThat(written.refused()).isEmpty();
    return written.now();
  }

  public Written<Ticket> update(Ticket present, Map<FieldName, FieldValue> changes) {
    return done(
        only(system.update(new UpdateTickets(scope, List.of(new TicketUpdate(present, changes))))));
  }

  public static Map<FieldName, FieldValue> status(String name) {
    return Map.of(FieldName.STATUS, Choice.named(name));
  }

  public Ticket present(String id) {
    Presence presence = done(system.read(new ReadById(scope, List.of(id)))).get(id);
    assertThat(presence).isInstanceOf(Presence.Present.class);
    return ((Presence.Present) presence).ticket();
  }

  public List<Ticket> find(List<IdempotencyKey> keys) {
    return done(system.find(new FindByKeys(scope, keys))).tickets();
  }

  public Comment comment(Ticket ticket, Optional<String> id, String key, String text) {
    return done(
        system.comment(new WriteComment(scope, ticket.id(), id, key, text, Visibility.PUBLIC)));
  }

  /** All pages from a cursor to where nothing more is to be had. */
  public record Drained(List<Ticket> tickets, String nextCursor, int pages) {}

  public Drained drained(String from) {
    List<Ticket> tickets = new ArrayList<>();
    String cursor = from;
    for (int pages = 1; pages < 500; pages++) {
      TicketPage page = done(system.changed(new ChangedSince(scope, cursor)));
      tickets.addAll(page.tickets());
      cursor = page.nextCursor();
      if (!page.more()) {
        return new Drained(tickets, cursor, pages);
      }
    }
    throw new AssertionError("changed never came to an end");
  }

  /** So that a test meets its fault in the call it means and not in a look-up before it. */
  public void warmUp() {
    made(Map.of(FieldName.ASSIGNEE, User.withEmail(SOMEBODY)));
    done(system.describe(scope));
  }

  public void switches(String json) {
    assertThat(control("PUT", "/_sim/switches", json)).doesNotContain("\"error\"");
  }

  /** What was asked since counting began, by operation. */
  public Map<String, Integer> requests() {
    Map<String, Integer> counts = new TreeMap<>();
    JsonObject json = new JsonObject(control("GET", "/_sim/requests", ""));
    json.getJsonObject("byOperation")
        .forEach(each -> counts.put(each.getKey(), ((Number) each.getValue()).intValue()));
    return counts;
  }

  public int total() {
    return requests().values().stream().mapToInt(Integer::intValue).sum();
  }

  public void countFromZero() {
    control("DELETE", "/_sim/requests", "");
  }

  public void faults(String json) {
    control("PUT", "/_sim/faults", json);
  }

  public String control(String method, String path, String json) {
    return call(simulator.origin(), method, path, json);
  }

  /** One control call of a simulator; the body of its answer. */
  public static String call(String origin, String method, String path, String json) {
    try {
      return CONTROL
          .send(
              HttpRequest.newBuilder(URI.create(origin + path))
                  .timeout(Duration.ofSeconds(30))
                  .method(method, BodyPublishers.ofString(json))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static <T> T done(Outcome<T> outcome) {
    return outcome.match(
        value -> value,
        refusal -> {
          throw new AssertionError("refused: " + refusal);
        });
  }

  public static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  public static Set<String> ids(List<Ticket> tickets) {
    Set<String> ids = new HashSet<>();
    tickets.forEach(ticket -> ids.add(ticket.id()));
    return ids;
  }

  public static boolean isCalled(Ticket ticket, FieldName field, String name) {
    return ticket.value(field) instanceof Choice choice && choice.isCalled(name);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
