package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes issues: one edit for all plain fields, transitions for the status, and a look at what
 * came of it.
 */
final class Update {
  private static final int MOST_ROUNDS = 6;
  private static final int MOST_CONFLICTS = 3;

  private final InScope in;
  private final TicketUpdate update;
  private final Map<FieldName, FieldValue> asked;
  private final Map<FieldName, Refusal> refused = new HashMap<>();

  /** Why nothing can be said of the issue, or of the whole system. */
  private Optional<Refusal> failure = Optional.empty();

  /** The issue as the edit's own answer shows it, while nothing else was done after that. */
  private Optional<JsonNode> answered = Optional.empty();

  private boolean touched;

  private Update(InScope in, TicketUpdate update) {
    this.in = in;
    this.update = update;
    this.asked = new LinkedHashMap<>(update.changes());
    // A write of what is already there would only look like a change to everybody else.
    asked
        .entrySet()
        .removeIf(
            change ->
                change.getValue().equals(update.present().value(change.getKey()))
                    || (change.getKey().equals(FieldName.STATUS)
                        && Kept.sameStatus(change.getValue(), update.present())));
  }

  static List<Outcome<Written<Ticket>>> update(InScope in, List<TicketUpdate> updates) {
    List<Update> done = new ArrayList<>();
    Optional<Refusal> stop = Optional.empty();
    for (TicketUpdate each : updates) {
      Update one = new Update(in, each);
      if (stop.isPresent()) {
        one.failure = stop;
      } else {
        one.run();
        stop = one.failure.filter(Update::endsTheBatch);
      }
      done.add(one);
    }
    List<String> unread =
        done.stream()
            .filter(one -> one.failure.isEmpty() && one.answered.isEmpty())
            .map(one -> one.update.present().id())
            .toList();
    Outcome<Map<String, Ticket>> read = Readback.of(in, unread);
    return done.stream().map(one -> one.outcome(read)).toList();
  }

  /** One that was not answered says nothing about the next; the others do. */
  private static boolean endsTheBatch(Refusal why) {
    return why.concernsSystem() && !(why instanceof Refusal.Unknown);
  }

  private void run() {
    // A closed issue may refuse edits until it is open again, and an open one once it is closed.
    if (update.present().closed()) {
      walk();
      edit();
    } else {
      edit();
      walk();
    }
    link();
  }

  private void walk() {
    FieldValue status = asked.get(FieldName.STATUS);
    if (status == null || failure.isPresent()) {
      return;
    }
    StatusWalk.Walked walked = StatusWalk.walk(in, update.present(), status);
    if (walked.moved()) {
      touched = true;
      answered = Optional.empty();
    }
    walked.refusal().ifPresent(why -> refuse(FieldName.STATUS, why));
  }

  private void link() {
    FieldValue dependency = asked.get(FieldName.DEPENDENCY);
    if (dependency == null || failure.isPresent()) {
      return;
    }
    touched = true;
    answered = Optional.empty();
    DependencyLink.write(in, update.present(), dependency)
        .ifPresent(why -> refuse(FieldName.DEPENDENCY, why));
  }

  private void refuse(FieldName name, Refusal why) {
    if (why instanceof Refusal.Gone || (why.passes() && !touched)) {
      failure = Optional.of(why);
    } else {
      refused.put(name, why);
    }
  }

  private void edit() {
    if (failure.isPresent()) {
      return;
    }
    Map<FieldName, FieldValue> plain = new LinkedHashMap<>(asked);
    plain.keySet().removeAll(Set.of(FieldName.STATUS, FieldName.DEPENDENCY));
    if (plain.isEmpty()) {
      return;
    }
    Draft draft = Draft.of(plain, this::meta, new ValueWriter(in, ""));
    Optional<Refusal> trouble =
        draft.refused().values().stream().filter(Refusal::concernsSystem).findFirst();
    if (trouble.isPresent()) {
      failure = trouble;
      return;
    }
    int conflicts = 0;
    for (int round = 0; round < MOST_ROUNDS && !draft.values().isEmpty(); round++) {
      JiraClient.Reply reply =
          in.client().ask(in.flavour().edit(update.present().id(), body(draft)));
      if (reply instanceof JiraClient.Ok ok) {
        touched = true;
        answered = Optional.of(ok.body()).filter(JsonNode::isObject);
        break;
      }
      JiraClient.Failed failed = (JiraClient.Failed) reply;
      if (failed.status() == 404) {
        failure = Optional.of(new Refusal.Gone(failed.refusal().words()));
      } else if (failed.status() == 409 && ++conflicts < MOST_CONFLICTS) {
        continue;
      } else if (failed.refusal() instanceof Refusal.Rejected) {
        Draft less = draft.without(failed.problem());
        draft = less.values().size() < draft.values().size() ? less : oneByOne(draft, failed);
        continue;
      } else {
        failure = Optional.of(failed.refusal());
      }
      return;
    }
    refused.putAll(draft.refused());
  }

  /**
   * Jira refused the edit and named no field of it: each is tried alone, so that one that cannot be
   * written does not hold up the others.
   */
  private Draft oneByOne(Draft draft, JiraClient.Failed failed) {
    if (draft.values().size() == 1) {
      return draft.allRefused(failed.refusal());
    }
    Map<FieldName, Refusal> refusals = new HashMap<>(draft.refused());
    for (Map.Entry<FieldName, JsonNode> each : draft.values().entrySet()) {
      Draft alone = new Draft(Map.of(each.getKey(), each.getValue()), Map.of());
      JiraClient.Reply reply =
          in.client().ask(in.flavour().edit(update.present().id(), body(alone)));
      if (reply instanceof JiraClient.Failed refusal) {
        refusals.put(each.getKey(), refusal.refusal());
      } else {
        touched = true;
      }
    }
    return new Draft(Map.of(), refusals);
  }

  private Outcome<FieldMeta> meta(FieldName name) {
    String id = JiraFields.idOf(name);
    Schema builtIn = Schema.builtIn(id);
    JiraScope scope = in.scope();
    if (!builtIn.equals(Schema.UNKNOWN)) {
      return Outcome.done(
          in.site()
              .metadata()
              .knownCreateScreen(scope.project(), scope.type())
              .flatMap(screen -> Optional.ofNullable(screen.fields().get(id)))
              .orElseGet(() -> FieldMeta.of(id, builtIn)));
    }
    // What may be chosen is known from the create screen; a field that is not on it has a type.
    return in.site()
        .metadata()
        .createScreen(in.flavour(), scope.project(), scope.type())
        .match(
            screen ->
                Outcome.done(
                    Optional.ofNullable(screen.fields().get(id)).orElseGet(() -> byType(id))),
            why -> why.concernsSystem() ? Outcome.refused(why) : Outcome.done(byType(id)));
  }

  private FieldMeta byType(String id) {
    return FieldMeta.of(id, in.schemas().getOrDefault(id, Schema.UNKNOWN));
  }

  private ObjectNode body(Draft draft) {
    ObjectNode fields = draft.fields();
    ObjectNode body = Json.object();
    if (fields.has("labels")) {
      fields.remove("labels");
      body.putObject("update").set("labels", labelEdits());
    }
    if (!fields.isEmpty()) {
      body.set("fields", fields);
    }
    return body;
  }

  /** Adds and removes, so that a label that somebody else sets meanwhile is not overwritten. */
  private ArrayNode labelEdits() {
    Set<String> wanted =
        asked.get(FieldName.LABELS) instanceof Names names
            ? ValueWriter.labels(names.names())
            : Set.of();
    Set<String> present =
        update.present().value(FieldName.LABELS) instanceof Names names ? names.names() : Set.of();
    ArrayNode edits = Json.array();
    Set<String> add = new TreeSet<>(wanted);
    add.removeAll(present);
    add.forEach(label -> edits.addObject().put("add", label));
    Set<String> remove = new TreeSet<>(present);
    remove.removeAll(wanted);
    remove.forEach(label -> edits.addObject().put("remove", label));
    return edits;
  }

  private Outcome<Written<Ticket>> outcome(Outcome<Map<String, Ticket>> read) {
    if (failure.isPresent()) {
      return Outcome.refused(failure.get());
    }
    Outcome<Ticket> now =
        answered.isPresent()
            ? Readback.of(in, answered.get())
            : read.then(
                byId ->
                    Optional.ofNullable(byId.get(update.present().id()))
                        .<Outcome<Ticket>>map(Outcome::done)
                        .orElseGet(
                            () ->
                                Outcome.refused(
                                    new Refusal.Unknown(
                                        update.present().key()
                                            + " was changed, but cannot be read back"))));
    return now.map(
        ticket -> {
          Map<FieldName, FieldValue> done = new HashMap<>(asked);
          done.keySet().removeAll(refused.keySet());
          Map<FieldName, Refusal> all = new HashMap<>(refused);
          all.putAll(Kept.differences(in.scope(), done, update.present(), ticket));
          return new Written<>(ticket, all);
        });
  }
}
