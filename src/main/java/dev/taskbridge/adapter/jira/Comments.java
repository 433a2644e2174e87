package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Comments of issues, ours told from people's by a comment property. */
final class Comments {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 60;

  private final InScope in;
  private final CommentAudience audience;

  Comments(InScope in) {
    this.in = in;
    this.audience = new CommentAudience(in);
  }

  Outcome<Map<String, List<Comment>>> of(List<String> issueIds) {
    Map<String, List<JsonNode>> byIssue = new LinkedHashMap<>();
    Map<String, JsonNode> together = together(issueIds);
    for (String id : issueIds) {
      Optional<List<JsonNode>> whole = whole(together.get(id));
      Outcome<List<JsonNode>> all = whole.map(Outcome::done).orElseGet(() -> all(id));
      if (all.refusal().isPresent()) {
        return Outcome.refused(all.refusal().get());
      }
      byIssue.put(id, all.value().orElseThrow());
    }
    return keys(byIssue.values().stream().flatMap(List::stream).toList())
        .map(
            keys -> {
              Map<String, List<Comment>> read = new HashMap<>();
              byIssue.forEach((id, comments) -> read.put(id, comments(comments, keys)));
              return read;
            });
  }

  /** Many issues with their comments in one request, where the product has one. */
  private Map<String, JsonNode> together(List<String> issueIds) {
    Map<String, JsonNode> found = new HashMap<>();
    if (issueIds.size() < 2) {
      return found;
    }
    for (int start = 0; start < issueIds.size(); start += PAGE) {
      in.flavour()
          .bulkRead(
              issueIds.subList(start, Math.min(issueIds.size(), start + PAGE)),
              List.of("comment"),
              Marker.PROPERTY,
              false)
          .flatMap(request -> in.client().read(request).value())
          .ifPresent(
              answer ->
                  answer.path("issues").forEach(issue -> found.put(Json.text(issue, "id"), issue)));
    }
    return found;
  }

  /** The comments embedded in an issue, if they are all there: it may be a slice (documented). */
  private static Optional<List<JsonNode>> whole(@Nullable JsonNode issue) {
    if (issue == null) {
      return Optional.empty();
    }
    JsonNode page = issue.path("fields").path("comment");
    JsonNode comments = page.path("comments");
    if (!comments.isArray() || page.path("total").asInt(-1) != comments.size()) {
      return Optional.empty();
    }
    List<JsonNode> all = new ArrayList<>();
    comments.forEach(all::add);
    return Optional.of(all);
  }

  private Outcome<List<JsonNode>> all(String issueId) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    int asked = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Outcome<JsonNode> answer =
          in.client()
              .read(
                  Http.Request.get(
                      "comments",
                      in.issue(
                          issueId,
                          "/comment?startAt="
                              + asked
                              + "&maxResults="
                              + PAGE
                              + "&orderBy=created")));
      if (answer.refusal().isPresent()) {
        return Outcome.refused(answer.refusal().get());
      }
      JsonNode comments = answer.value().orElseThrow().path("comments");
      comments.forEach(comment -> byId.put(Json.text(comment, "id"), comment));
      asked += comments.size();
      // The total may count what we cannot see, so an empty page ends it, too (documented).
      if (comments.isEmpty() || asked >= answer.value().orElseThrow().path("total").asInt()) {
        break;
      }
    }
    return Outcome.done(List.copyOf(byId.values()));
  }

  private List<Comment> comments(List<JsonNode> comments, Map<String, String> keys) {
    return comments.stream()
        .map(comment -> comment(comment, Optional.ofNullable(keys.get(Json.text(comment, "id")))))
        .sorted(Comparator.comparing(Comment::createdAt))
        .toList();
  }

  private Comment comment(JsonNode comment, Optional<String> key) {
    var created = JiraTime.parse(Json.text(comment, "created")).orElse(Instant.EPOCH);
    return new Comment(
        Json.text(comment, "id"),
        Json.textIn(comment.path("author"), "displayName")
            .orElseGet(() -> Json.text(comment.path("author"), in.flavour().userId())),
        created,
        JiraTime.parse(Json.text(comment, "updated")).orElse(created),
        in.flavour().plainText(comment.path("body")).strip(),
        CommentAudience.of(comment),
        key);
  }

  /** The keys of our comments, by comment id. Only what our own account wrote can carry one. */
  private Outcome<Map<String, String>> keys(List<JsonNode> comments) {
    Outcome<People.Account> own = in.site().people().myself(in.flavour(), Duration.ofMinutes(30));
    return own.then(
        me ->
            in.site()
                .commentKeys()
                .of(
                    in,
                    comments.stream()
                        .filter(
                            comment ->
                                Json.text(comment.path("author"), in.flavour().userId())
                                    .equals(me.id()))
                        .map(comment -> Json.text(comment, "id"))
                        .toList()));
  }

  Outcome<Comment> write(WriteComment comment) {
    if (comment.commentId().isPresent()) {
      return comment.text().isBlank()
          ? delete(comment, comment.commentId().get())
          : edit(comment, comment.commentId().get());
    }
    if (comment.text().isBlank()) {
      return Outcome.refused(
          new Refusal.Rejected(Optional.empty(), "Jira takes no comment without text"));
    }
    return of(List.of(comment.ticketId()))
        .then(
            present ->
                present.getOrDefault(comment.ticketId(), List.of()).stream()
                    .filter(one -> one.key().equals(Optional.of(comment.key())))
                    .findFirst()
                    .map(Outcome::done)
                    .orElseGet(() -> add(comment)));
  }

  private Outcome<Comment> add(WriteComment comment) {
    Outcome<ObjectNode> body = audience.restrict(body(comment), comment.visibility());
    if (body.refusal().isPresent()) {
      return Outcome.refused(body.refusal().get());
    }
    ObjectNode sent = body.value().orElseThrow();
    ArrayNode properties = sent.withArray("properties");
    ObjectNode property = properties.addObject().put("key", Marker.PROPERTY);
    property.putObject("value").put("key", comment.key());
    return in.client()
        .read(
            Http.Request.once(
                "addComment", "POST", in.issue(comment.ticketId(), "/comment"), Json.write(sent)))
        .then(made -> checked(comment, made, sent));
  }

  /** A restriction that was dropped leaves an internal text in the open: it is taken away again. */
  private Outcome<Comment> checked(WriteComment comment, JsonNode made, ObjectNode sent) {
    String id = Json.text(made, "id");
    if (id.isEmpty()) {
      return Outcome.refused(
          new Refusal.Unknown("Jira took a comment and did not say what became of it"));
    }
    in.site().commentKeys().remember(id, comment.key());
    Comment written = comment(made, Optional.of(comment.key()));
    if (sent.has("visibility") && written.visibility() == Visibility.PUBLIC) {
      return delete(comment, id)
          .then(
              gone ->
                  Outcome.refused(
                      new Refusal.Rejected(
                          Optional.empty(),
                          "Jira dropped the restriction of an internal comment, so the comment was"
                              + " removed again")));
    }
    return Outcome.done(written);
  }

  private ObjectNode body(WriteComment comment) {
    ObjectNode body = Json.object();
    body.set("body", in.flavour().richText(comment.text(), "\n\n[cut here: Jira takes no more]"));
    return body;
  }

  private Outcome<Comment> edit(WriteComment comment, String commentId) {
    String path = in.issue(comment.ticketId(), "/comment/" + JiraClient.encoded(commentId));
    return in.client()
        .read(Http.Request.get("readComment", path))
        .then(present -> audience.keep(body(comment), present, comment.visibility()))
        .then(
            body ->
                in.client()
                    .read(Http.Request.absolute("editComment", "PUT", path, Json.write(body))))
        .map(edited -> comment(edited, Optional.of(comment.key())));
  }

  private Outcome<Comment> delete(WriteComment comment, String commentId) {
    String path = in.issue(comment.ticketId(), "/comment/" + JiraClient.encoded(commentId));
    JiraClient.Reply reply =
        in.client().ask(Http.Request.absolute("deleteComment", "DELETE", path, ""));
    if (reply instanceof JiraClient.Failed failed && failed.status() != 404) {
      return Outcome.refused(failed.refusal());
    }
    return Outcome.done(
        new Comment(
            commentId,
            "",
            in.client().theirNow(),
            in.client().theirNow(),
            "",
            comment.visibility(),
            Optional.of(comment.key())));
  }
}
