package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether issues are there, and what they hold: from the issues themselves, not from the index. */
final class Presences {
  /** Asking what an issue may do next is dear for Jira, so only where a step may follow soon. */
  private static final int MOST_LEARNED_FROM = 20;

  private final InScope in;

  Presences(InScope in) {
    this.in = in;
  }

  Outcome<Map<String, Presence>> of(List<String> ids) {
    boolean learn =
        ids.size() <= MOST_LEARNED_FROM
            && in.scope().maps(FieldName.STATUS)
            && !in.site()
                .workflows()
                .isComplete(new LearnedWorkflows.Kind(in.scope().project(), in.scope().type()));
    Outcome<Map<String, JsonNode>> fetched = in.fetch(ids, learn);
    if (fetched.refusal().isPresent()) {
      return Outcome.refused(fetched.refusal().get());
    }
    Map<String, Presence> presences = new HashMap<>();
    List<String> notFound = new ArrayList<>();
    for (String id : ids) {
      Optional<JsonNode> issue = Optional.ofNullable(fetched.value().orElseThrow().get(id));
      Outcome<Optional<JsonNode>> found = issue.isPresent() ? Outcome.done(issue) : onceMore(id);
      if (found.refusal().isPresent()) {
        return Outcome.refused(found.refusal().get());
      }
      found
          .value()
          .orElseThrow()
          .ifPresentOrElse(one -> presences.put(id, present(one)), () -> notFound.add(id));
    }
    return notFound.isEmpty() ? Outcome.done(presences) : absent(notFound, presences);
  }

  private Presence present(JsonNode issue) {
    Optional<String> archived = Json.textIn(issue.path("fields"), "archiveddate");
    if (archived.isPresent()) {
      return new Presence.Invisible(
          Json.text(issue, "key")
              + " is archived since "
              + archived.get()
              + " and cannot be changed: restore it in Jira, or unlink it");
    }
    try {
      return new Presence.Present(in.reader().ticket(issue));
    } catch (UnreadableIssueException e) {
      return new Presence.Invisible(e.unreadable().what());
    }
  }

  /** A bulk read leaves out what it cannot give, without a word (documented). */
  private Outcome<Optional<JsonNode>> onceMore(String id) {
    return in.flavour().readsInBulk() ? in.fetchOne(id, false) : Outcome.done(Optional.empty());
  }

  private Outcome<Map<String, Presence>> absent(List<String> ids, Map<String, Presence> others) {
    Outcome<JsonNode> projectSeen = projectSeenNow(in);
    for (String id : ids) {
      Outcome<Presence> presence = notFound(in, id, projectSeen);
      if (presence.refusal().isPresent()) {
        return Outcome.refused(presence.refusal().get());
      }
      others.put(id, presence.value().orElseThrow());
    }
    return Outcome.done(others);
  }

  /** A 404 says missing or invisible; only who provably sees the project may say missing. */
  static Outcome<Presence> notFound(InScope in, String id) {
    return notFound(in, id, projectSeenNow(in));
  }

  /**
   * That we are seen and see the project, asked after the 404: an older answer may be from before
   * the token died, and a dead token is answered with 404 as well.
   */
  private static Outcome<JsonNode> projectSeenNow(InScope in) {
    return in.site()
        .people()
        .myself(in.flavour(), Duration.ZERO)
        .then(
            me -> in.site().metadata().project(in.flavour(), in.scope().project(), Duration.ZERO));
  }

  private static Outcome<Presence> notFound(InScope in, String id, Outcome<JsonNode> projectSeen) {
    return projectSeen.match(
        project ->
            Outcome.done(
                new Presence.Missing(
                    "Jira has no issue with id "
                        + id
                        + " (404), and project "
                        + in.scope().project()
                        + " is visible")),
        why ->
            why instanceof Refusal.Rejected
                ? Outcome.done(
                    new Presence.Invisible(
                        "Jira shows neither the issue nor project "
                            + in.scope().project()
                            + " to the account: "
                            + why.words()))
                : Outcome.refused(why));
  }
}
