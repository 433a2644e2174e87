package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

  /** Jira's own names for those who work in a project, the widest first; none is everybody. */
  private static final List<String> WORKERS =
      List.of("Developers", "Service Desk Team", "Members", "Member", "Administrators");

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
    return in.site()
        .metadata()
        .project(in.flavour(), in.scope().project(), PROJECT_AGE)
        .then(
            project ->
                Json.text(project, "projectTypeKey").equals("service_desk")
                    ? Outcome.done(hiddenFromCustomers(body))
                    : audience().map(to -> body.set("visibility", visibility(to))));
  }

  private ObjectNode hiddenFromCustomers(ObjectNode body) {
    in.site().settings().internalTo().ifPresent(to -> body.set("visibility", visibility(to)));
    ObjectNode property = body.withArray("properties").addObject().put("key", SERVICE_PROPERTY);
    property.putObject("value").put("internal", true);
    return body;
  }

  /** Whoever is configured, or else the project's role of those who do the work. */
  private Outcome<JiraSettings.Audience> audience() {
    Optional<JiraSettings.Audience> configured = in.site().settings().internalTo();
    if (configured.isPresent()) {
      return Outcome.done(configured.get());
    }
    return in.site()
        .metadata()
        .roles(in.flavour(), in.scope().project())
        .then(
            roles ->
                WORKERS.stream()
                    .filter(roles::contains)
                    .findFirst()
                    .map(role -> new JiraSettings.Audience(JiraSettings.Audience.Kind.ROLE, role))
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused(nobody(roles))));
  }

  private Refusal nobody(Set<String> roles) {
    return new Refusal.Rejected(
        Optional.empty(),
        "an internal comment needs a role that may read it: project "
            + in.scope().project()
            + " has none of "
            + Words.list(WORKERS)
            + " but "
            + Words.list(roles)
            + "; add one of them with the account in it, or set notes: { visibility: public }");
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
