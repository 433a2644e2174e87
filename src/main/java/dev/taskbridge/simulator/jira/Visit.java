package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in.
 *
 * @param user null when a dead token was taken for none at all
 */
record Visit(Call call, View view, @Nullable User user, RateLimits limits) {

  Site site() {
    return view.site();
  }

  /** Whoever asks; for operations that require a login. */
  User actor() {
    if (user == null) {
      throw refuse(401, Wording.UNAUTHORIZED);
    }
    return user;
  }

  Problems problems() {
    return new Problems(site().switches().text(Switch.LANGUAGE));
  }

  ReplyException refuse(int status, Wording wording, String... values) {
    return problems().add(wording, values).refused(status);
  }

  ReplyException invalid(String detail) {
    return refuse(400, Wording.INVALID_PAYLOAD, detail);
  }

  /** The issue that the path names; 404 if it is missing or invisible, which nobody can tell. */
  Issue issue() {
    Issue issue = site().issues().find(call.param("issue"));
    if (issue == null || !site().sees(user, issue)) {
      throw refuse(404, Wording.NO_ISSUE);
    }
    return issue;
  }

  /** The project that the path names; {@code status} if it is missing or invisible. */
  Project project(int status) {
    String idOrKey = call.param("project");
    Optional<Project> project = site().project(idOrKey);
    if (project.isEmpty() || !site().browses(user)) {
      throw refuse(status, Wording.NO_PROJECT, idOrKey);
    }
    return project.get();
  }

  /** The issue that the path names, to be written to. */
  Issue issueToWrite() {
    actor();
    Issue issue = issue();
    limits.writing(this, issue);
    if (issue.archived()) {
      throw refuse(403, Wording.ARCHIVED, issue.key());
    }
    return issue;
  }

  /** The issue that the path names, to be edited. */
  Issue issueToEdit() {
    Issue issue = issueToWrite();
    requirePermission(Switch.EDIT_ISSUES, "edit issues");
    return issue;
  }

  void requirePermission(Switch permission, String what) {
    if (!site().may(actor(), permission)) {
      throw refuse(403, Wording.NO_PERMISSION, what);
    }
  }

  /** The body as an object of that shape. */
  JsonObject body(Shape shape) {
    JsonObject body = anyBody();
    Optional<String> problem = shape.problem(body);
    if (problem.isPresent()) {
      throw invalid(problem.get());
    }
    return body;
  }

  JsonObject anyBody() {
    if (json().orElse(null) instanceof JsonObject object) {
      return object;
    }
    throw invalid("the body must be a JSON object");
  }

  /** The body as any JSON value. */
  Optional<Object> json() {
    try {
      return call.json();
    } catch (DecodeException e) {
      throw invalid("the body is not JSON");
    }
  }

  int number(String name, int standard) {
    Optional<String> text = call.queryParam(name).filter(value -> !value.isEmpty());
    try {
      return text.map(Integer::parseInt).orElse(standard);
    } catch (NumberFormatException e) {
      throw invalid("query parameter " + name + " must be a number");
    }
  }

  /** Clients of Python write True and False. */
  boolean flag(String name, boolean standard) {
    return call.queryParam(name).map(value -> value.equalsIgnoreCase("true")).orElse(standard);
  }

  /** A query parameter that may be repeated or hold commas. */
  List<String> list(String name) {
    return split(call.queryParams(name));
  }

  Set<String> expand() {
    return new LinkedHashSet<>(list("expand"));
  }

  static List<String> split(List<String> values) {
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      for (String part : value.split(",")) {
        if (!part.isBlank()) {
          parts.add(part.strip());
        }
      }
    }
    return parts;
  }

  /** A list of texts in a body; empty if absent or null. */
  static List<String> texts(JsonObject body, String name) {
    return body.getValue(name) instanceof JsonArray list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** A page of rows, as most lists of this API give them. */
  Reply page(String rowsName, List<JsonObject> all, int standardSize) {
    int startAt = Math.max(0, number("startAt", 0));
    int maxResults = Math.max(0, number("maxResults", standardSize));
    int from = Math.min(startAt, all.size());
    int to = Math.min(from + maxResults, all.size());
    JsonObject page =
        new JsonObject()
            .put("startAt", startAt)
            .put("maxResults", maxResults)
            .put("total", all.size());
    if (rowsName.equals("values")) {
      page.put("isLast", to == all.size());
    }
    return Reply.json(200, page.put(rowsName, new JsonArray(all.subList(from, to))));
  }
}
