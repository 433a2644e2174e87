package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.Found;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of this package say again and again; each runs over both transports. */
abstract class ServiceNowBench {
  private final Instance.Transport transport;
  protected Instance instance;

  ServiceNowBench(Instance.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void openInstance() {
    instance = new Instance(transport);
  }

  @AfterEach
  void closeInstance() {
    instance.close();
  }

  /** The same instance anew with other settings. */
  protected final void reopen(UnaryOperator<ServiceNowSettings> changed) {
    instance.close();
    instance = new Instance(transport, changed);
  }

  /** The same with other credentials, which may need to know where the instance is. */
  protected final void reopen(
      UnaryOperator<ServiceNowSettings> changed, Function<URI, Credentials> way) {
    instance.close();
    instance = new Instance(transport, changed, Optional.of(way));
  }

  /** The same with second tries. */
  protected final void reopenPatiently() {
    instance.close();
    instance =
        new Instance(transport, UnaryOperator.identity(), Optional.empty(), Duration.ofSeconds(10));
  }

  protected final Instance.Transport transport() {
    return transport;
  }

  protected final List<Outcome<Written<Ticket>>> create(Scope scope, List<NewTicket> wanted) {
    List<Outcome<Written<Ticket>>> made = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += 50) {
      made.addAll(
          instance.system.create(
              new CreateTickets(scope, wanted.subList(from, Math.min(wanted.size(), from + 50)))));
    }
    return made;
  }

  /** Tickets in the incident table, without a value beyond their titles. */
  protected final List<Ticket> incidents(int count) {
    return create(Instance.incidents(), Instance.tickets(count)).stream()
        .map(outcome -> done(outcome).now())
        .toList();
  }

  protected final Ticket incident() {
    return incidents(1).get(0);
  }

  /** A ticket in any table. */
  protected final Ticket made(Scope scope, Map<FieldName, FieldValue> fields) {
    Written<Ticket> written =
        done(create(scope, List.of(Instance.ticket("task-of-" + scope.settings(), fields))).get(0));
    assertThat(written.refused()).isEmpty();
    return written.now();
  }

  protected final Outcome<Written<Ticket>> update(
      Scope scope, Ticket ticket, Map<FieldName, FieldValue> changes) {
    return instance
        .system
        .update(new UpdateTickets(scope, List.of(new TicketUpdate(ticket, changes))))
        .get(0);
  }

  protected final Written<Ticket> updated(
      Scope scope, Ticket ticket, Map<FieldName, FieldValue> changes) {
    return done(update(scope, ticket, changes));
  }

  protected final Outcome<List<Ticket>> find(Scope scope, List<NewTicket> wanted) {
    return found(scope, wanted).map(Found::tickets);
  }

  /** With what is hidden. */
  protected final Outcome<Found> found(Scope scope, List<NewTicket> wanted) {
    return instance.system.find(
        new FindByKeys(scope, wanted.stream().map(NewTicket::key).toList()));
  }

  protected final Presence presence(String sysId) {
    return done(instance.system.read(new ReadById(Instance.incidents(), List.of(sysId))))
        .get(sysId);
  }

  protected final Outcome<TicketPage> changed(Scope scope, String cursor) {
    return instance.system.changed(new ChangedSince(scope, cursor));
  }

  /** What an administrator sees of a record. */
  protected final JsonNode record(String table, String sysId) {
    return instance.asAdmin("GET", "/api/now/v2/table/" + table + "/" + sysId, "");
  }

  protected final String stored(Ticket ticket, String column) {
    return record("incident", ticket.id()).path(column).asText();
  }

  /** What an administrator does to an incident. */
  protected final void edit(Ticket ticket, String json) {
    instance.asAdmin("PATCH", "/api/now/v2/table/incident/" + ticket.id(), json);
  }

  protected static Map<FieldName, FieldValue> status(String name) {
    return Map.of(FieldName.STATUS, Choice.named(name));
  }

  protected static Map<FieldName, FieldValue> title(String title) {
    return Map.of(FieldName.TITLE, FieldValue.text(title));
  }

  protected static <T> T done(Outcome<T> outcome) {
    return outcome.match(
        value -> value,
        why -> {
          throw new AssertionError("refused: " + why);
        });
  }

  protected static Refusal refusal(Outcome<?> outcome) {
    return outcome
        .refusal()
        .orElseThrow(() -> new AssertionError("not refused: " + outcome.value()));
  }
}
