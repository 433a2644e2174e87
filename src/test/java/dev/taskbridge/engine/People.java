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
import java.util.function.BooleanSupplier;

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
  private final List<Pair> known = new ArrayList<>();
  private int edits;
  private int requests;

  private record Pair(TaskView task, TicketView ticket) {}

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

  /** Renames up to {@code howMany} records of links that nobody has edited yet. */
  void editUntouched(int howMany) {
    Map<String, List<TicketView>> tickets = ticketsByKey();
    tasks().stream()
        .filter(task -> tickets.containsKey(key(task.xid())))
        .filter(task -> !expected.containsKey(task.xid() + "/title"))
        .limit(howMany)
        .forEach(
            task ->
                edit(
                    task,
                    tickets.get(key(task.xid())).get(0),
                    "title",
                    dice.nextBoolean() ? Side.TASK : Side.TICKET));
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

  /** One edit on {@code side} of a link that people know since {@link #meet}. */
  void edit(Side side) {
    while (true) {
      Pair pair = known.get(dice.nextInt(known.size()));
      String field = pair.task().independent() && dice.nextInt(4) == 0 ? "status" : "title";
      Expected before = expected.get(pair.task().xid() + "/" + field);
      if (before == null || before.settled() || before.by() == side) {
        edit(pair.task(), pair.ticket(), field, side);
        return;
      }
    }
  }

  /** Looks at every link there is, for {@link #edit(Side)}. */
  void meet() {
    Map<String, List<TicketView>> tickets = ticketsByKey();
    known.clear();
    tasks()
        .forEach(
            task ->
                tickets
                    .getOrDefault(key(task.xid()), List.of())
                    .forEach(ticket -> known.add(new Pair(task, ticket))));
  }

  private void edit(TaskView task, TicketView ticket) {
    String field = task.independent() && dice.nextInt(4) == 0 ? "status" : "title";
    Side side =
        Optional.ofNullable(expected.get(task.xid() + "/" + field))
            .filter(before -> !before.settled())
            .map(Expected::by)
            .orElse(dice.nextBoolean() ? Side.TASK : Side.TICKET);
    edit(task, ticket, field, side);
  }

  private void edit(TaskView task, TicketView ticket, String field, Side side) {
    edits++;
    String name = task.xid() + "/" + field;
    Object value;
    if (field.equals("status")) {
      boolean done =
          !Optional.ofNullable(expected.get(name))
              .map(known -> (Boolean) known.value())
              .orElse(task.closed() || ticket.done());
      value = done;
      if (side == Side.TASK) {
        change(task, new JsonObject().put("status", done ? "Closed" : "Reopened"));
      } else {
        insist(() -> product.finish(bench, ticket.id(), done), () -> now(ticket).done() == done);
      }
    } else {
      String title = "Edit " + edits + " of a person at the " + side.word();
      value = title;
      if (side == Side.TASK) {
        change(task, new JsonObject().put("name", title));
      } else {
        insist(
            () -> product.rename(bench, ticket.id(), title),
            () -> now(ticket).title().equals(title));
      }
    }
    expected.put(name, new Expected(task.xid(), field, value, side, false));
  }

  private TicketView now(TicketView ticket) {
    return product.tickets(bench).stream()
        .filter(each -> each.id().equals(ticket.id()))
        .findFirst()
        .orElseThrow();
  }

  private void change(TaskView task, JsonObject change) {
    insist(() -> bench.tasks.send("PUT", "/api/v3/tasks/" + task.id(), change), () -> false);
  }

  /** Tries until it is done: people's own requests meet the same faults as the bridge's. */
  private void insist(Runnable work, BooleanSupplier isDone) {
    for (int tries = 0; ; tries++) {
      try {
        requests++;
        work.run();
        return;
      } catch (AssertionError | RuntimeException e) {
        if (tries > 100) {
          throw e;
        }
        if (isDone.getAsBoolean()) {
          return;
        }
      }
    }
  }

  /** About how many requests people themselves have made. */
  int requests() {
    return requests;
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
