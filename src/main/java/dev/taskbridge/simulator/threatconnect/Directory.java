package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonObject;

/** A kind that can be looked up and not changed: users, groups, owners. */
final class Directory<R extends Row> {
  private final Kind<R> kind;
  private final Listing listing;

  Directory(Kind<R> kind, Listing listing) {
    this.kind = kind;
    this.listing = listing;
  }

  Kind<R> kind() {
    return kind;
  }

  Reply list(Request request) {
    return listing.list(request, kind);
  }

  Reply one(Request request) {
    String key = request.key();
    R row = key.matches("\\d{1,18}") ? kind.found().get().get(Long.parseLong(key)) : null;
    if (row == null) {
      throw Errors.notFound();
    }
    JsonObject data = kind.view().show(row, Listing.fields(request, kind));
    return Reply.json(200, new JsonObject().put("data", data).put("status", "Success"));
  }
}
