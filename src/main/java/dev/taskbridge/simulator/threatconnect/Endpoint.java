package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all kinds of objects have in common: envelopes, look-up by id or xid, rights, bulk delete.
 */
abstract class Endpoint<R extends Row> {
  final World world;
  final Switches switches;
  private final Kind<R> kind;
  private final Listing listing;

  Endpoint(World world, Switches switches, Listing listing, Kind<R> kind) {
    this.world = world;
    this.switches = switches;
    this.listing = listing;
    this.kind = kind;
  }

  /** The table that single objects are read from. */
  abstract Table<R> table();

  abstract R create(Body body, Request request);

  /** Applies a partial change and gives the row as it is then. */
  abstract R update(R row, Body body, Request request);

  abstract void delete(R row, Request request);

  /** Deletes one of many; what cannot be deleted is passed over (assumed). */
  void deleteInBulk(R row, Request request) {
    delete(row, request);
  }

  final Kind<R> kind() {
    return kind;
  }

  final Reply list(Request request) {
    return listing.list(request, kind);
  }

  final Reply one(Request request) {
    R row = find(request.key());
    JsonObject shown = kind.view().show(row, Listing.fields(request, kind));
    Object data = switches.on(Toggle.PAGE_ENVELOPES) ? new JsonArray().add(shown) : shown;
    return Reply.json(200, new JsonObject().put("data", data).put(listing.statusKey(), "Success"));
  }

  final Reply create(Request request) {
    Set<String> fields = Listing.fields(request, kind);
    Body body = body(request, "created");
    return written(201, "Created", create(body, request), fields);
  }

  final Reply update(Request request) {
    R row = find(request.key());
    Set<String> fields = Listing.fields(request, kind);
    Body body = body(request, "updated");
    String message = switches.on(Toggle.PAGE_ENVELOPES) ? "Created" : "Updated";
    return written(200, message, update(row, body, request), fields);
  }

  final Reply delete(Request request) {
    R row = find(request.key());
    refuseIfReadOnly("deleted");
    delete(row, request);
    return deleted();
  }

  /** Documented: without {@code tql} it means every object of the kind. */
  final Reply deleteMany(Request request) {
    if (!switches.on(Toggle.BULK_DELETE)) {
      throw Errors.bulkDeleteDisabled();
    }
    refuseIfReadOnly("deleted");
    for (R row : List.copyOf(listing.matching(request, kind))) {
      deleteInBulk(row, request);
    }
    return deleted();
  }

  /** The key of a new object: the client's, or a random one. */
  final String xid(Body body) {
    Optional<String> wanted = body.text("xid", 10, 100);
    if (wanted.isPresent() && table().byXid(wanted.get()) != null) {
      throw Errors.invalid(
          "xid", kind.noun(), "a " + kind.noun() + " with this xid already exists");
    }
    return wanted.orElseGet(() -> UUID.randomUUID().toString());
  }

  /**
   * The case that {@code caseId} or {@code caseXid} names; empty if neither is there.
   *
   * @throws ReplyException 404 if there is no such case
   */
  final Optional<CaseRow> namedCase(Body body) {
    Optional<Long> id = body.id("caseId");
    if (id.isPresent()) {
      return Optional.of(visibleCase(world.cases.get(id.get())));
    }
    return body.text("caseXid", 0, Integer.MAX_VALUE)
        .map(xid -> visibleCase(world.cases.byXid(xid)));
  }

  /**
   * The task that {@code taskId} or {@code taskXid} names; empty if neither is there.
   *
   * @throws ReplyException 404 if there is no such task
   */
  final Optional<TaskRow> namedTask(Body body) {
    Optional<Long> id = body.id("taskId");
    if (id.isPresent()) {
      return Optional.of(visibleTask(world.tasks.get(id.get())));
    }
    return body.text("taskXid", 0, Integer.MAX_VALUE)
        .map(xid -> visibleTask(world.tasks.byXid(xid)));
  }

  /** What a change inside a case does to the case's own clock. */
  final void touch(long caseId) {
    if (switches.on(Toggle.CASE_CLOCK)) {
      world.caseOf(caseId).lastUpdated = world.now();
    }
  }

  private CaseRow visibleCase(@Nullable CaseRow row) {
    if (row == null || !world.isVisible(row.id())) {
      throw Errors.notFound();
    }
    return row;
  }

  private TaskRow visibleTask(@Nullable TaskRow row) {
    if (row == null || !world.isVisible(row.caseId())) {
      throw Errors.notFound();
    }
    return row;
  }

  /** All digits is an id, anything else an xid (assumed). */
  private R find(String key) {
    R row;
    if (key.matches("\\d{1,18}")) {
      row = table().get(Long.parseLong(key));
    } else {
      row = table().byXid(key);
    }
    if (row == null || !kind.visible().test(row)) {
      throw Errors.notFound();
    }
    return row;
  }

  private Body body(Request request, String done) {
    refuseIfReadOnly(done);
    JsonObject json = request.body();
    if (switches.on(Toggle.STRICT)) {
      for (String field : json.fieldNames()) {
        if (!Descriptors.has(kind.questions().object, field)) {
          throw Errors.badRequest("Unknown field: " + field);
        }
      }
    }
    return new Body(json, kind.noun());
  }

  private void refuseIfReadOnly(String done) {
    if (switches.on(Toggle.READ_ONLY)) {
      throw Errors.accessDenied(kind.noun(), done);
    }
  }

  private Reply written(int status, String message, R row, Set<String> fields) {
    return Reply.json(
        status,
        new JsonObject()
            .put("data", kind.view().show(row, fields))
            .put("message", message)
            .put("status", "Success"));
  }

  private static Reply deleted() {
    return Reply.json(200, new JsonObject().put("message", "Deleted").put("status", "Success"));
  }
}
