package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.jira.JiraClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
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
    return client()
        .read(flavour.search(query))
        .then(
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
