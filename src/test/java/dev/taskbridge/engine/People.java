package dev.taskbridge.engine;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Product.TicketView;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * People who edit tasks and tickets, and who know afterwards what must have come of it: nobody
 * contradicts an edit that is still under way, so every edit must reach the other side.
 */
final class People {
  private final Bench bench;
  private final Product product;
  private final Random dice;
  private final Map<String, Expected> expected = new LinkedHashMap<>();
  private final Map<String, Side> remarks = new LinkedHashMap<>();
  private int edits;

  /** What a field must be on both sides. */
  private record Expected(String xid, String field, Object value, Side by, boolean settled) {}

  /** A task as the simulator holds it. */
  record TaskView(long id, String xid, String title, boolean closed, boolean independent) {}

  People(Bench bench, Product product, Random dice) {
    this.bench = bench;
    this.product = product;
    this.dice = dice;
  }

  int edits() {
    return edits;
  }

  List<TaskView> tasks() {
    List<TaskView> tasks = new ArrayList<>();
    JsonObject state = bench.tasks.control("GET", "/_sim/state", new JsonObject());
    for (JsonObject task : Product.list(state.getJsonArray("tasks"))) {
      tasks.add(
          new TaskView(
              task.getLong("id"),
              task.getString("xid"),
              task.getString("name"),
              task.getString("status").equals("Closed"),
              task.getValue("dependentOnId") == null));
    }
    return tasks;
  }

  private static String key(String xid) {
    return IdempotencyKey.of(new LinkKey("soc", xid)).value();
  }

  /** The tickets by key; more than one of a key is a duplicate. */
  private Map<String, List<TicketView>> ticketsByKey() {
    Map<String, List<TicketView>> tickets = new HashMap<>();
    product
        .tickets(bench)
        .forEach(
            ticket ->
                ticket
                    .keys()
                    .forEach(
                        key -> tickets.computeIfAbsent(key, any -> new ArrayList<>()).add(ticket)));
    return tickets;
  }

  /** Makes {@code howMany} edits of links that exist, on either side. */
  void edit(int howMany) {
    List<TaskView> tasks = tasks();
    Map<String, List<TicketView>> tickets = ticketsByKey();
    for (int i = 0; i < howMany; i++) {
      TaskView task = tasks.get(dice.nextInt(tasks.size()));
      List<TicketView> its = tickets.getOrDefault(key(task.xid()), List.of());
      if (!its.isEmpty()) {
        edit(task, its.get(0));
      }
    }
  }

  /** Makes {@code howMany} remarks, notes or comments, on links that exist. */
  void remark(int howMany) {
    List<TaskView> tasks = tasks();
    Map<String, List<TicketView>> tickets = ticketsByKey();
    for (int i = 0; i < howMany; i++) {
      TaskView task = tasks.get(dice.nextInt(tasks.size()));
      List<TicketView> its = tickets.getOrDefault(key(task.xid()), List.of());
      if (!its.isEmpty()) {
        Side side = dice.nextBoolean() ? Side.TASK : Side.TICKET;
        String text = "Remark " + remarks.size() + " of a person.";
        if (side == Side.TASK) {
          bench.tasks.send(
              "POST", "/api/v3/notes", new JsonObject().put("taskId", task.id()).put("text", text));
        } else {
          product.say(bench, its.get(0).id(), text);
        }
        remarks.put(text, side);
        edits++;
      }
    }
  }

  private void edit(TaskView task, TicketView ticket) {
    boolean status = task.independent() && dice.nextInt(4) == 0;
    String field = status ? "status" : "title";
    Optional<Expected> before = Optional.ofNullable(expected.get(task.xid() + "/" + field));
    Side side =
        before
            .filter(known -> !known.settled())
            .map(Expected::by)
            .orElse(dice.nextBoolean() ? Side.TASK : Side.TICKET);
    edits++;
    Object value;
    if (status) {
      boolean done =
          !before.map(known -> (Boolean) known.value()).orElse(task.closed() || ticket.done());
      value = done;
      if (side == Side.TASK) {
        change(task, new JsonObject().put("status", done ? "Closed" : "Reopened"));
      } else {
        product.finish(bench, ticket.id(), done);
      }
    } else {
      value = "Edit " + edits + " of a person at the " + side.word();
      if (side == Side.TASK) {
        change(task, new JsonObject().put("name", value));
      } else {
        product.rename(bench, ticket.id(), (String) value);
      }
    }
    expected.put(task.xid() + "/" + field, new Expected(task.xid(), field, value, side, false));
  }

  private void change(TaskView task, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + task.id(), change);
  }

  /**
   * What the bridge wrote back to the very side, record and field where a person had just edited
   * it; empty if all is well.
   */
  List<String> echoes(Written written) {
    Map<String, List<TicketView>> tickets = ticketsByKey();
    Map<String, Long> ids = new HashMap<>();
    tasks().forEach(task -> ids.put(task.xid(), task.id()));
    List<String> echoes = new ArrayList<>();
    for (Expected edit : expected.values()) {
      String record =
          edit.by() == Side.TASK
              ? String.valueOf(ids.get(edit.xid()))
              : tickets.get(key(edit.xid())).get(0).id();
      if (!edit.settled() && written.has(edit.by(), record, edit.field())) {
        echoes.add("ECHO: " + edit);
      }
    }
    return echoes;
  }

  /** Everything that is not as it must be once nothing is under way; empty if all is well. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    Map<String, List<TicketView>> tickets = ticketsByKey();
    tickets.forEach(
        (key, found) -> {
          if (found.size() > 1) {
            complaints.add("DUPLICATE: " + found);
          }
        });
    JsonObject state = bench.tasks.control("GET", "/_sim/state", new JsonObject());
    List<String> notes =
        Product.stream(state.getJsonArray("notes")).map(JsonObject::encode).toList();
    List<String> comments = product.remarks(bench);
    remarks.forEach(
        (text, side) -> {
          long onTask = notes.stream().filter(note -> note.contains(text)).count();
          long onTicket = comments.stream().filter(comment -> comment.contains(text)).count();
          if (onTask > 1 || onTicket > 1) {
            complaints.add("DUPLICATE: " + text + " by the " + side.word());
          } else if (onTask + onTicket < 2) {
            complaints.add("not carried: " + text + " by the " + side.word());
          }
        });
    for (TaskView task : tasks()) {
      List<TicketView> its = tickets.getOrDefault(key(task.xid()), List.of());
      if (its.isEmpty()) {
        if (!task.closed()) {
          complaints.add("no ticket: " + task);
        }
        continue;
      }
      TicketView ticket = its.get(0);
      if (!ticket.title().equals(task.title())) {
        complaints.add("title: " + task + " " + ticket);
      }
      if (ticket.done() != task.closed()) {
        complaints.add("status: " + task + " " + ticket);
      }
      for (Expected edit : expected.values()) {
        if (edit.xid().equals(task.xid())) {
          Object has = edit.field().equals("title") ? task.title() : (Object) task.closed();
          if (!has.equals(edit.value())) {
            complaints.add("LOST: " + edit + " " + task + " " + ticket);
          }
        }
      }
    }
    return complaints;
  }

  /** All is well: what was edited so far may be edited on either side again. */
  void settled() {
    expected.replaceAll(
        (name, edit) -> new Expected(edit.xid(), edit.field(), edit.value(), edit.by(), true));
  }
}
