package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may read a comment. It fails closed: what is restricted in any way counts as internal, and an
 * internal comment is written only where Jira can keep it so.
 */
final class CommentAudience {
  private static final Duration PROJECT_AGE = Duration.ofMinutes(30);

  /**
   * What makes a comment internal in a service project (documented for Jira Service Management).
   */
  private static final String SERVICE_PROPERTY = "sd.public.comment";

  private final InScope in;

  CommentAudience(InScope in) {
    this.in = in;
  }

  static Visibility of(JsonNode comment) {
    boolean restricted =
        comment.path("visibility").isObject() && !comment.path("visibility").isEmpty();
    boolean hiddenFromCustomers =
        comment.has("jsdPublic") && !comment.path("jsdPublic").asBoolean();
    return restricted || hiddenFromCustomers ? Visibility.INTERNAL : Visibility.PUBLIC;
  }

  /** The body of a new comment with the restriction that {@code wanted} needs. */
  Outcome<ObjectNode> restrict(ObjectNode body, Visibility wanted) {
    if (wanted == Visibility.PUBLIC) {
      return Outcome.done(body);
    }
    Optional<JiraSettings.Audience> to = in.site().settings().internalTo();
    to.ifPresent(audience -> body.set("visibility", visibility(audience)));
    return in.site()
        .metadata()
        .project(in.flavour(), in.scope().project(), PROJECT_AGE)
        .then(
            project -> {
              if (Json.text(project, "projectTypeKey").equals("service_desk")) {
                ObjectNode property =
                    body.withArray("properties").addObject().put("key", SERVICE_PROPERTY);
                property.putObject("value").put("internal", true);
                return Outcome.done(body);
              }
              return to.isPresent() ? Outcome.done(body) : Outcome.refused(nobody());
            });
  }

  private Refusal nobody() {
    return new Refusal.Rejected(
        Optional.empty(),
        "an internal comment needs a role or group that may read it: set internalComments of system "
            + in.site().settings().name()
            + ", or notes: { visibility: public }");
  }

  /** The body of an edit: a restriction that is there stays, and none is ever lifted. */
  Outcome<ObjectNode> keep(ObjectNode body, JsonNode present, Visibility wanted) {
    if (present.path("visibility").isObject()) {
      body.set("visibility", present.path("visibility").deepCopy());
      return Outcome.done(body);
    }
    if (wanted == Visibility.INTERNAL && of(present) == Visibility.PUBLIC) {
      return restrict(body, wanted);
    }
    return Outcome.done(body);
  }

  private static ObjectNode visibility(JiraSettings.Audience audience) {
    return Json.object()
        .put("type", audience.kind().name().toLowerCase(Locale.ROOT))
        .put("value", audience.name());
  }
}
