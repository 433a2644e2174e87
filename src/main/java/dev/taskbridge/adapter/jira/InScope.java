package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.jira.JiraClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A Jira as one sync uses it, for the time of one call.
 *
 * @param fields the ids of the fields to read
 * @param schemas the types of Jira's own fields, where the sync maps any
 */
record InScope(
    JiraSite site,
    Flavour flavour,
    JiraScope scope,
    List<String> fields,
    Map<String, Schema> schemas,
    IssueReader reader) {

  static InScope of(JiraSite site, Flavour flavour, JiraScope scope, Map<String, Schema> schemas) {
    TreeSet<String> fields = scope.fieldsToRead();
    site.settings().keyField().ifPresent(fields::add);
    return new InScope(
        site,
        flavour,
        scope,
        List.copyOf(fields),
        schemas,
        new IssueReader(site.settings(), flavour, site.people(), scope, schemas));
  }

  JiraClient client() {
    return site.client();
  }

  /** The path of an issue or of something below it. */
  String issue(String idOrKey, String below) {
    return flavour.api() + "/issue/" + encoded(idOrKey) + below;
  }

  Outcome<SearchPage> search(SearchQuery query) {
    Outcome<JsonNode> answered = client().read(flavour.search(query));
    if (answered.refusal().orElse(null) instanceof Refusal.Rejected rejected) {
      return Outcome.refused(behind(rejected));
    }
    return answered.then(
        answer ->
            flavour
                .page(query, answer)
                .<Outcome<SearchPage>>map(Outcome::done)
                .orElseGet(
                    () ->
                        Outcome.refused(
                            new Refusal.Unknown(
                                "Jira answered a search without issues: "
                                    + Words.bounded(Words.cut(Json.write(answer), 200))))));
  }

  /**
   * To somebody who may not see a project its key in a query is a mistake, and a dead token makes
   * us such a somebody. Asked now, since nothing else tells.
   */
  private Refusal behind(Refusal.Rejected rejected) {
    return site.people()
        .myself(flavour, Duration.ZERO)
        .then(me -> projectSeen(Duration.ZERO))
        .refusal()
        .orElse(rejected);
  }

  /** Whether the project is visible, by an answer no older than {@code age}; if not, denied. */
  Outcome<JsonNode> projectSeen(Duration age) {
    return site.metadata()
        .project(flavour, scope.project(), age)
        .match(
            Outcome::done,
            why ->
                Outcome.refused(
                    why instanceof Refusal.Rejected
                        ? new Refusal.Denied(
                            "project "
                                + scope.project()
                                + " is not visible to the account: "
                                + why.words())
                        : why));
  }

  /**
   * The issues themselves, by id, from a source that does not lag. What is missing or invisible is
   * not in the map.
   *
   * @param learn whether to ask what the issues' next steps are, and remember it
   */
  Outcome<Map<String, JsonNode>> fetch(Collection<String> ids, boolean learn) {
    if (ids.isEmpty()) {
      return Outcome.done(Map.of());
    }
    Optional<Http.Request> bulk = flavour.bulkRead(ids, fields, Marker.PROPERTY, learn);
    return bulk.isPresent() ? fetchInBulk(bulk.get()) : fetchOneByOne(ids, learn);
  }

  /**
   * Issues for which the index is good enough: those it has just named, and those that were made a
   * moment ago, of which it cannot know an older state. It serves where there is no bulk read; what
   * it does not know yet is read singly.
   */
  Outcome<Map<String, JsonNode>> fetchIndexed(Collection<String> ids) {
    if (flavour.readsInBulk() || ids.size() < 2) {
      return fetch(ids, false);
    }
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    search(SearchQuery.of(new Jql().in("id", ids).orderedBy("key ASC"), fields, ids.size()))
        .value()
        .ifPresent(page -> page.issues().forEach(issue -> byId.put(Json.text(issue, "id"), issue)));
    List<String> rest = ids.stream().filter(id -> !byId.containsKey(id)).toList();
    return fetch(rest, false)
        .map(
            singly -> {
              byId.putAll(singly);
              return byId;
            });
  }

  private Outcome<Map<String, JsonNode>> fetchInBulk(Http.Request request) {
    return client()
        .read(request)
        .then(
            answer -> {
              if (!answer.path("issues").isArray()) {
                return Outcome.refused(
                    new Refusal.Unknown("Jira answered a bulk read without issues"));
              }
              Map<String, JsonNode> byId = new LinkedHashMap<>();
              for (JsonNode issue : answer.path("issues")) {
                site.workflows().learn(issue);
                byId.put(Json.text(issue, "id"), issue);
              }
              return Outcome.done(byId);
            });
  }

  private Outcome<Map<String, JsonNode>> fetchOneByOne(Collection<String> ids, boolean learn) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    for (String id : ids) {
      Outcome<Optional<JsonNode>> one = fetchOne(id, learn);
      if (one.refusal().isPresent()) {
        return Outcome.refused(one.refusal().get());
      }
      one.value().orElseThrow().ifPresent(issue -> byId.put(id, issue));
    }
    return Outcome.done(byId);
  }

  /** One issue by id; empty after a 404, which says missing or invisible. */
  Outcome<Optional<JsonNode>> fetchOne(String id, boolean learn) {
    JiraClient.Reply reply =
        client()
            .ask(
                Http.Request.get(
                    "readIssue",
                    issue(
                        id,
                        "?fields="
                            + String.join("%2C", fields)
                            + "%2Carchiveddate&properties="
                            + Marker.PROPERTY
                            + (learn ? "&expand=transitions" : ""))));
    if (reply instanceof JiraClient.Ok ok) {
      site.workflows().learn(ok.body());
      return Outcome.done(Optional.of(ok.body()));
    }
    JiraClient.Failed failed = (JiraClient.Failed) reply;
    return failed.status() == 404
        ? Outcome.done(Optional.empty())
        : Outcome.refused(failed.refusal());
  }
}
