package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.Optional;

/**
 * The issue link that stands for a task's dependency. Which of an issue's links is ours is noted in
 * its marker, so that those that people made are neither read as ours nor removed.
 */
final class DependencyLink {
  private DependencyLink() {}

  /**
   * Makes {@code issue} wait for the issue that {@code wanted} names by id or key; {@link
   * FieldValue#ABSENT} removes our link.
   *
   * @return why it was not done
   */
  static Optional<Refusal> write(InScope in, Ticket issue, FieldValue wanted) {
    Outcome<Optional<JsonNode>> present = read(in, issue.id());
    if (present.refusal().isPresent()) {
      return present.refusal();
    }
    if (present.value().orElseThrow().isEmpty()) {
      return rejected(issue.key() + " is not there any more, or not for this account");
    }
    JsonNode json = present.value().get().get();
    Optional<String> target = Optional.empty();
    if (!wanted.equals(FieldValue.ABSENT)) {
      Outcome<Optional<JsonNode>> first = read(in, wanted.shown());
      if (first.refusal().isPresent()) {
        return first.refusal();
      }
      target = first.value().orElseThrow().map(found -> Json.text(found, "id"));
      if (target.isEmpty()) {
        return rejected(
            "Jira shows no issue \""
                + wanted.shown()
                + "\" that "
                + issue.key()
                + " could wait for");
      }
    }
    return bring(in, issue, json, target);
  }

  private static Outcome<Optional<JsonNode>> read(InScope in, String id) {
    return in.fetchOne(id, false);
  }

  private static Optional<Refusal> bring(
      InScope in, Ticket issue, JsonNode json, Optional<String> target) {
    String type = in.scope().dependencyLink();
    Optional<String> ours = Marker.dependencyIn(json);
    JsonNode links = json.path("fields").path("issuelinks");
    boolean there =
        target.isPresent()
            && IssueLinks.waiting(links, type).stream()
                .anyMatch(link -> link.issueId().equals(target.get()));
    if (target.isPresent() && !there) {
      Optional<Refusal> refusal = add(in, issue, target.get());
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    if (!target.equals(ours)) {
      for (IssueLinks.Waiting link : IssueLinks.waiting(links, type)) {
        boolean stale =
            ours.map(link.issueId()::equals)
                .orElse(
                    target.isEmpty()
                        && FieldValue.text(link.issueId())
                            .equals(issue.value(FieldName.DEPENDENCY)));
        if (stale) {
          Optional<Refusal> refusal = remove(in, link.id());
          if (refusal.isPresent()) {
            return refusal;
          }
        }
      }
      return note(in, issue, json, target);
    }
    return Optional.empty();
  }

  /** "{@code inward} blocks {@code outward}": the source is the inward issue (documented). */
  private static Optional<Refusal> add(InScope in, Ticket issue, String first) {
    ObjectNode link = Json.object();
    link.putObject("type").put("name", in.scope().dependencyLink());
    link.putObject("inwardIssue").put("id", first);
    link.putObject("outwardIssue").put("id", issue.id());
    // A link that is already there is answered with success and not doubled (documented).
    return refusal(
        in.client()
            .ask(
                Http.Request.absolute(
                    "linkIssues", "POST", in.flavour().api() + "/issueLink", Json.write(link))),
        "type \"" + in.scope().dependencyLink() + "\"");
  }

  private static Optional<Refusal> remove(InScope in, String linkId) {
    JiraClient.Reply reply =
        in.client()
            .ask(
                Http.Request.absolute(
                    "unlinkIssues",
                    "DELETE",
                    in.flavour().api() + "/issueLink/" + JiraClient.encoded(linkId),
                    ""));
    return reply instanceof JiraClient.Failed failed && failed.status() == 404
        ? Optional.empty()
        : refusal(reply, "link " + linkId);
  }

  /** Remembers in the marker which link is ours; nothing is noted in issues without a marker. */
  private static Optional<Refusal> note(
      InScope in, Ticket issue, JsonNode json, Optional<String> target) {
    if (!(Marker.value(json) instanceof ObjectNode marker)) {
      return Optional.empty();
    }
    ObjectNode noted = marker.deepCopy();
    noted.remove("dependency");
    target.ifPresent(id -> noted.put("dependency", id));
    return refusal(
        in.client()
            .ask(
                Http.Request.absolute(
                    "mark",
                    "PUT",
                    in.issue(issue.id(), "/properties/" + Marker.PROPERTY),
                    Json.write(noted))),
        "the issue's marker");
  }

  private static Optional<Refusal> refusal(JiraClient.Reply reply, String what) {
    if (!(reply instanceof JiraClient.Failed failed)) {
      return Optional.empty();
    }
    return failed.refusal() instanceof Refusal.Rejected
        ? rejected(what + ": " + failed.refusal().words())
        : Optional.of(failed.refusal());
  }

  private static Optional<Refusal> rejected(String words) {
    return Optional.of(new Refusal.Rejected(Optional.of(FieldName.DEPENDENCY), words));
  }
}
