package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.threatconnect.Envelope.Asked;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The v3 API in its own words: every operation, its JSON as it comes. Thread-safe; what the server
 * or the network does is an {@link Outcome}.
 */
public final class ThreatConnectApi {
  /** As many as one page may hold (documented). */
  public static final int MOST_RESULTS = 10_000;

  /** From this length of the encoded query on, it goes into a body, as the vendor's SDK does. */
  static final int LONG_QUERY = 2_000;

  /** The objects of the API that we know. */
  public enum Kind {
    TASKS("tasks"),
    CASES("cases"),
    NOTES("notes"),
    ARTIFACTS("artifacts"),
    WORKFLOW_EVENTS("workflowEvents"),
    USERS("security/users"),
    USER_GROUPS("security/userGroups"),
    OWNERS("security/owners");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    String path() {
      return "/v3/" + path;
    }
  }

  /**
   * What to list.
   *
   * @param tql empty for everything
   * @param fields further fields of each object
   * @param sorting such as {@code id asc}; empty leaves the order to the server
   * @param start how many to skip
   * @param limit at most {@link #MOST_RESULTS}
   * @param count whether the number of all matches is wanted; only with {@code start} 0
   */
  public record ListQuery(
      String tql, List<String> fields, String sorting, int start, int limit, boolean count) {
    public ListQuery {
      fields = List.copyOf(fields);
      if (limit < 1 || limit > MOST_RESULTS) {
        throw new IllegalArgumentException(
            "limit must be between 1 and " + MOST_RESULTS + ", but was " + limit);
      }
      if (start < 0) {
        throw new IllegalArgumentException("start must not be negative, but was " + start);
      }
    }

    /** The first objects by ascending id. */
    static ListQuery byId(String tql, List<String> fields, int limit) {
      return new ListQuery(tql, fields, "id asc", 0, limit, false);
    }
  }

  private final Http http;
  private final Optional<String> owner;

  /** False once a server, or something before it, was seen to ignore the body of a GET. */
  private final AtomicBoolean bodiesOfGetsArrive = new AtomicBoolean(true);

  private final boolean activityLog;

  public ThreatConnectApi(Http http, Optional<String> owner) {
    this(http, owner, false);
  }

  /**
   * @param owner whose objects are meant, by name; empty leaves it to the account
   * @param activityLog whether the server is to note each request in the organization's log
   */
  public ThreatConnectApi(Http http, Optional<String> owner, boolean activityLog) {
    this.http = http;
    this.owner = owner;
    this.activityLog = activityLog;
  }

  /** Whether queries may be so long that they do not fit into an address. */
  boolean takesLongQueries() {
    return bodiesOfGetsArrive.get();
  }

  /** A page of objects. */
  public Outcome<Envelope> list(Kind kind, ListQuery query) {
    Target target = target(kind.path());
    if (!query.tql().isBlank()) {
      target.with("tql", query.tql());
    }
    target.with("resultStart", Integer.toString(query.start()));
    target.with("resultLimit", Integer.toString(query.limit()));
    if (!query.sorting().isBlank()) {
      target.with("sorting", query.sorting());
    }
    query.fields().forEach(field -> target.with("fields", field));
    if (query.count()) {
      target.with("count", "true");
    }
    // An answer to a GET with a body shows by its count that the body arrived; the server counts
    // on the first page only.
    if (target.query().length() >= LONG_QUERY && query.start() == 0 && bodiesOfGetsArrive.get()) {
      Outcome<Envelope> listed = listWithBody(kind, query);
      if (listed.refusal().isPresent()
          || listed.value().filter(page -> page.count().isPresent()).isPresent()) {
        return listed;
      }
      // Without its body, a GET lists everything: such an answer must not be believed.
      bodiesOfGetsArrive.set(false);
    }
    return reading(Http.Request.get(noun(kind), target.toString()));
  }

  private Outcome<Envelope> listWithBody(Kind kind, ListQuery query) {
    ObjectNode data = Envelope.JSON.createObjectNode();
    data.put("tql", query.tql());
    data.put("resultStart", query.start());
    data.put("resultLimit", query.limit());
    if (!query.sorting().isBlank()) {
      data.put("sorting", query.sorting());
    }
    ArrayNode fields = data.putArray("fields");
    query.fields().forEach(fields::add);
    data.put("count", true);
    owner.ifPresent(name -> data.put("owner", name));
    String body = Envelope.JSON.createObjectNode().set("data", data).toString();
    return reading(new Http.Request(noun(kind), "GET", kind.path(), body, true));
  }

  /** One object by its id or xid; 404 is {@link Refusal.Gone}. */
  public Outcome<Envelope> one(Kind kind, String key, List<String> fields) {
    Target target = target(kind.path() + "/" + Target.encoded(key));
    fields.forEach(field -> target.with("fields", field));
    return reading(Http.Request.get("one " + noun(kind), target.toString()), Asked.ONE);
  }

  /** Makes an object. Not repeated by itself: the answer may be lost after the work was done. */
  public Outcome<Envelope> create(Kind kind, JsonNode object, List<String> fields) {
    Target target = target(kind.path());
    fields.forEach(field -> target.with("fields", field));
    return Envelope.withData(
        http.send(
            Http.Request.once(
                "create " + noun(kind), "POST", target.toString(), object.toString())),
        Asked.WRITE);
  }

  /**
   * Changes an object: only what {@code changes} holds.
   *
   * @param changes absolute values; nested lists would be appended again by a repetition
   */
  public Outcome<Envelope> update(Kind kind, String key, JsonNode changes, List<String> fields) {
    Target target = target(kind.path() + "/" + Target.encoded(key));
    fields.forEach(field -> target.with("fields", field));
    boolean appends = changes.path("notes").has("data") || changes.path("artifacts").has("data");
    return Envelope.read(
        http.send(
            new Http.Request(
                "update " + noun(kind), "PUT", target.toString(), changes.toString(), !appends)),
        Asked.WRITE);
  }

  /** Deletes an object; {@link Refusal.Gone} if there is none. */
  public Outcome<Envelope> delete(Kind kind, String key) {
    return Envelope.read(
        http.send(
            Http.Request.once(
                "delete " + noun(kind),
                "DELETE",
                target(kind.path() + "/" + Target.encoded(key)).toString(),
                "")),
        Asked.WRITE);
  }

  /**
   * Deletes every object that matches. Only if the administrator allowed it.
   *
   * @throws IllegalArgumentException if {@code tql} is blank, which the server takes for all
   */
  public Outcome<Envelope> deleteMatching(Kind kind, String tql) {
    if (tql.isBlank()) {
      throw new IllegalArgumentException("a bulk delete without a query would delete everything");
    }
    return Envelope.read(
        http.send(
            Http.Request.once(
                "delete matching " + noun(kind),
                "DELETE",
                target(kind.path()).with("tql", tql).toString(),
                "")),
        Asked.WRITE);
  }

  /** The fields that can be written, each with its rules; with the read-only ones if wanted. */
  public Outcome<JsonNode> describe(Kind kind, boolean readOnlyToo) {
    Target target = new Target(kind.path());
    if (readOnlyToo) {
      target.with("show", "readonly");
    }
    Http.Request request = options("describe " + noun(kind), target);
    return Envelope.json(http.send(request), Asked.LIST).map(Envelope::json);
  }

  /** What may be asked for with {@code fields}. */
  public Outcome<Envelope> moreFields(Kind kind) {
    return reading(options("fields of " + noun(kind), new Target(kind.path() + "/fields")));
  }

  /** What a query may ask. */
  public Outcome<Envelope> parameters(Kind kind) {
    return reading(options("parameters of " + noun(kind), new Target(kind.path() + "/tql")));
  }

  private static Http.Request options(String operation, Target target) {
    return new Http.Request(operation, "OPTIONS", target.toString(), "", true);
  }

  private Outcome<Envelope> reading(Http.Request request) {
    return reading(request, Asked.LIST);
  }

  /** A read whose answer came with success but could not be understood is asked for once more. */
  private Outcome<Envelope> reading(Http.Request request, Asked asked) {
    Http.Answer answer = http.send(request);
    Outcome<Envelope> outcome = Envelope.withData(answer, asked);
    boolean isUnreadable =
        outcome.refusal().isPresent()
            && answer instanceof Http.Response response
            && response.status() / 100 == 2;
    return isUnreadable ? Envelope.withData(http.send(request), asked) : outcome;
  }

  private Target target(String path) {
    Target target = new Target(path);
    owner.ifPresent(name -> target.with("owner", name));
    if (activityLog) {
      target.with("createActivityLog", "true");
    }
    return target;
  }

  private static String noun(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
