package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes issues in bulk, the idempotency key inside the creating call. Nothing that may have been
 * done is asked for again here: an unknown outcome is handed to whoever can search for the key.
 */
final class Creation {
  /** How often an issue is asked for again without the fields that Jira objected to. */
  private static final int MOST_ROUNDS = 4;

  private final InScope in;
  private final Metadata.CreateScreen screen;
  private final List<Item> items = new ArrayList<>();

  private Creation(InScope in, Metadata.CreateScreen screen) {
    this.in = in;
    this.screen = screen;
  }

  /** One issue on its way: decided when {@code refusal} is set or the id is known. */
  private static final class Item {
    final NewTicket ticket;
    final Map<FieldName, FieldValue> asked;
    Draft draft;
    String id = "";
    String key = "";
    Optional<Refusal> refusal = Optional.empty();

    Item(NewTicket ticket, Map<FieldName, FieldValue> asked, Draft draft) {
      this.ticket = ticket;
      this.asked = asked;
      this.draft = draft;
    }

    boolean open() {
      return refusal.isEmpty() && id.isEmpty();
    }
  }

  static List<Outcome<Written<Ticket>>> create(InScope in, List<NewTicket> tickets) {
    JiraScope scope = in.scope();
    Outcome<Metadata.CreateScreen> screen =
        in.site().metadata().createScreen(in.flavour(), scope.project(), scope.type());
    return screen.match(
        known -> new Creation(in, known).run(tickets),
        refusal ->
            tickets.stream()
                .map(t -> Outcome.<Written<Ticket>>refused(beforeSending(refusal)))
                .toList());
  }

  private List<Outcome<Written<Ticket>>> run(List<NewTicket> tickets) {
    tickets.forEach(ticket -> items.add(item(ticket)));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Item> open = items.stream().filter(Item::open).toList();
      for (int start = 0; start < open.size(); start += TicketSystem.MOST_CREATED) {
        List<Item> batch =
            open.subList(start, Math.min(open.size(), start + TicketSystem.MOST_CREATED));
        Optional<Refusal> stop = send(batch);
        stop.ifPresent(
            why ->
                items.stream()
                    .filter(Item::open)
                    .forEach(i -> i.refusal = Optional.of(beforeSending(why))));
      }
    }
    items.stream()
        .filter(Item::open)
        .forEach(
            item ->
                item.refusal =
                    Optional.of(
                        new Refusal.Rejected(
                            Optional.empty(), "Jira keeps refusing this issue field by field")));
    return written();
  }

  /** Nothing was asked for yet, so whatever went wrong, nothing was made. */
  static Refusal beforeSending(Refusal why) {
    return why instanceof Refusal.Unknown
        ? new Refusal.Unreachable("not sent, since a request before it failed: " + why.words())
        : why;
  }

  private Item item(NewTicket ticket) {
    Map<FieldName, FieldValue> asked = new HashMap<>(ticket.fields());
    asked.values().removeIf(FieldValue.ABSENT::equals);
    Map<FieldName, FieldValue> plain = new HashMap<>(asked);
    plain.remove(FieldName.STATUS);
    plain.remove(FieldName.DEPENDENCY);
    Draft draft = Draft.of(plain, this::meta, new ValueWriter(in, ticket.taskUrl()));
    Item item = new Item(ticket, asked, draft);
    item.refusal = missing(draft).or(() -> inTrouble(draft));
    return item;
  }

  private Outcome<FieldMeta> meta(FieldName name) {
    FieldMeta meta = screen.fields().get(JiraFields.idOf(name));
    return meta != null
        ? Outcome.done(meta)
        : ValueWriter.rejected(
            name,
            "the field is not on the create screen of "
                + in.scope().type()
                + " in project "
                + in.scope().project());
  }

  private Optional<Refusal> missing(Draft draft) {
    String keyField = in.site().settings().keyField().orElse("labels");
    if (!screen.fields().containsKey(keyField)) {
      return Optional.of(
          new Refusal.Rejected(
              Optional.empty(),
              "the key that prevents duplicates goes into "
                  + keyField
                  + ", which is not on the create screen of "
                  + in.scope().type()
                  + " in project "
                  + in.scope().project()
                  + ": add it there"));
    }
    return draft.values().containsKey(FieldName.TITLE)
        ? Optional.empty()
        : Optional.of(
            new Refusal.Rejected(
                Optional.of(FieldName.TITLE),
                "a Jira issue needs a summary, and the title is empty"));
  }

  /** A look-up that failed for the whole system is no reason to make half an issue. */
  private static Optional<Refusal> inTrouble(Draft draft) {
    return draft.refused().values().stream()
        .filter(Refusal::concernsSystem)
        .findFirst()
        .map(Creation::beforeSending);
  }

  private ObjectNode element(Item item) {
    ObjectNode fields = item.draft.fields();
    fields.putObject("project").put("key", in.scope().project());
    fields.putObject("issuetype").put("id", screen.typeId());
    in.site()
        .settings()
        .keyField()
        .ifPresentOrElse(
            field -> fields.put(field, item.ticket.key().value()),
            () -> {
              Set<String> labels = new TreeSet<>();
              fields.path("labels").forEach(label -> labels.add(label.asText()));
              labels.add(item.ticket.key().value());
              fields.set("labels", Json.texts(labels));
            });
    ObjectNode element = Json.object();
    element.set("fields", fields);
    element.putArray("properties").add(Marker.of(item.ticket));
    return element;
  }

  /** Sends up to 50; returns why nothing more should be sent, if so. */
  private Optional<Refusal> send(List<Item> batch) {
    if (batch.isEmpty() || batch.stream().noneMatch(Item::open)) {
      return Optional.empty();
    }
    ArrayNode updates = Json.array();
    batch.forEach(item -> updates.add(element(item)));
    ObjectNode body = Json.object();
    body.set("issueUpdates", updates);
    JiraClient.Reply reply =
        in.client()
            .ask(
                Http.Request.once(
                    "bulkCreate", "POST", in.flavour().api() + "/issue/bulk", Json.write(body)));
    if (reply instanceof JiraClient.Ok ok) {
      return sort(batch, ok.body());
    }
    JiraClient.Failed failed = (JiraClient.Failed) reply;
    if (failed.status() == 400) {
      // All were refused: the same shape as a partial success, if the body can be read at all.
      if (failed.body().path("errors").isArray()) {
        sort(batch, failed.body());
      } else {
        batch.forEach(item -> item.refusal = Optional.of(failed.refusal()));
      }
      return Optional.empty();
    }
    batch.forEach(item -> item.refusal = Optional.of(failed.refusal()));
    return failed.refusal().concernsSystem() ? Optional.of(failed.refusal()) : Optional.empty();
  }

  /** Assigns what was created and what failed to the items of the batch. */
  private Optional<Refusal> sort(List<Item> batch, JsonNode answer) {
    Set<Integer> failed = new TreeSet<>();
    for (JsonNode error : answer.path("errors")) {
      int index = error.path("failedElementNumber").asInt(-1);
      if (index >= 0 && index < batch.size()) {
        failed.add(index);
        refuse(batch.get(index), JiraProblem.of(error.path("elementErrors")));
      }
    }
    JsonNode created = answer.path("issues");
    // The successes come in the order of the request, the failures left out (documented by
    // clients).
    if (created.size() + failed.size() != batch.size()) {
      Refusal unclear =
          new Refusal.Unknown(
              "Jira was asked for "
                  + batch.size()
                  + " issues and answered "
                  + created.size()
                  + " made and "
                  + failed.size()
                  + " failed");
      batch.forEach(item -> item.refusal = Optional.of(unclear));
      return Optional.of(unclear);
    }
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!failed.contains(i)) {
        JsonNode issue = created.path(next++);
        Item item = batch.get(i);
        item.id = Json.text(issue, "id");
        item.key = Json.text(issue, "key");
        if (item.id.isEmpty()) {
          item.refusal = Optional.of(new Refusal.Unknown("Jira made an issue and gave no id"));
        }
      }
    }
    return Optional.empty();
  }

  private void refuse(Item item, JiraProblem problem) {
    Draft less = item.draft.without(problem);
    boolean curable =
        less.values().size() < item.draft.values().size()
            && less.values().containsKey(FieldName.TITLE);
    if (curable) {
      // Not executed, so it may be asked for again without what Jira objects to.
      item.draft = less;
    } else {
      in.site().metadata().forgetCreateScreen(in.scope().project(), in.scope().type());
      item.refusal =
          Optional.of(
              new Refusal.Rejected(
                  problem.field(), problem.words("Jira refused this issue and said nothing")));
    }
  }

  private List<Outcome<Written<Ticket>>> written() {
    List<String> ids = items.stream().map(item -> item.id).filter(id -> !id.isEmpty()).toList();
    Outcome<Map<String, Ticket>> made = Readback.ofNew(in, ids);
    Map<String, Ticket> walked = new HashMap<>(made.value().orElse(Map.of()));
    Map<String, Map<FieldName, Refusal>> later = furtherSteps(walked);
    List<String> changed = later.keySet().stream().toList();
    Readback.of(in, changed).value().ifPresent(walked::putAll);
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    for (Item item : items) {
      outcomes.add(outcome(item, made, walked, later.getOrDefault(item.id, Map.of())));
    }
    return outcomes;
  }

  /** What cannot be part of the creating call; by id of the issues that it touched. */
  private Map<String, Map<FieldName, Refusal>> furtherSteps(Map<String, Ticket> made) {
    Map<String, Map<FieldName, Refusal>> touched = new HashMap<>();
    for (Item item : items) {
      Ticket issue = made.get(item.id);
      if (issue == null) {
        continue;
      }
      Map<FieldName, Refusal> refused = new HashMap<>();
      boolean changed = false;
      FieldValue status = item.asked.get(FieldName.STATUS);
      if (status != null && !Kept.sameStatus(status, issue)) {
        StatusWalk.Walked walk = StatusWalk.walk(in, issue, status);
        walk.refusal().ifPresent(why -> refused.put(FieldName.STATUS, why));
        changed = true;
      }
      FieldValue dependency = item.asked.get(FieldName.DEPENDENCY);
      if (dependency != null) {
        DependencyLink.write(in, issue, dependency)
            .ifPresent(why -> refused.put(FieldName.DEPENDENCY, why));
        changed = true;
      }
      if (changed) {
        touched.put(item.id, refused);
      }
    }
    return touched;
  }

  private Outcome<Written<Ticket>> outcome(
      Item item,
      Outcome<Map<String, Ticket>> made,
      Map<String, Ticket> now,
      Map<FieldName, Refusal> later) {
    if (item.refusal.isPresent()) {
      return Outcome.refused(item.refusal.get());
    }
    Ticket ticket = now.get(item.id);
    if (ticket == null) {
      // It exists, but what it holds is not known: looking for its key later tells.
      String why = made.refusal().map(Refusal::words).orElse("it could not be read back");
      return Outcome.refused(new Refusal.Unknown("Jira made " + item.key + ", but " + why));
    }
    Map<FieldName, Refusal> refused = new HashMap<>(item.draft.refused());
    refused.putAll(later);
    Map<FieldName, FieldValue> asked = new HashMap<>(item.asked);
    asked.keySet().removeAll(refused.keySet());
    Kept.differences(in.scope(), asked, Ticket.NONE, ticket).forEach(refused::putIfAbsent);
    return Outcome.done(new Written<>(ticket, refused));
  }
}
