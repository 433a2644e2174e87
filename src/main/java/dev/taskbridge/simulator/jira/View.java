package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the site's things look in one version of the API.
 *
 * @param base the address of that version, such as {@code http://127.0.0.1:8102/rest/api/3}
 * @param reader who reads; null for the simulator's own views, which hide nothing
 */
record View(Site site, ApiVersion version, String base, @Nullable User reader) {
  // Milliseconds and an offset without a colon, in the site's zone: strict RFC 3339 parsers fail.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");

  String time(Instant instant) {
    return TIME.format(instant.atZone(site.zone()));
  }

  Object text(RichText text) {
    if (version == ApiVersion.V3) {
      return text.document().copy();
    }
    return site.switches().on(Switch.CRLF) && !site.cloud()
        ? text.wiki().replace("\r\n", "\n").replace("\n", "\r\n")
        : text.wiki();
  }

  String self(String path) {
    return base + "/" + path;
  }

  JsonObject user(User user) {
    ZoneId zone = site.people().zone(user);
    JsonObject json = new JsonObject();
    if (site.cloud()) {
      json.put("self", self("user?accountId=" + user.accountId().replace(":", "%3A")))
          .put("accountId", user.accountId())
          .put("accountType", "atlassian");
      if (!site.people().emailHidden(user)) {
        json.put("emailAddress", user.email());
      }
    } else {
      json.put("self", self("user?username=" + user.name()))
          .put("name", user.name())
          .put("key", user.key())
          .put("emailAddress", user.email());
    }
    return json.put("avatarUrls", new JsonObject())
        .put("displayName", user.displayName())
        .put("active", true)
        .put("timeZone", zone.getId());
  }

  JsonObject status(Status status) {
    return new JsonObject()
        .put("self", self("status/" + status.id()))
        .put("description", "")
        .put("name", status.name())
        .put("id", status.id())
        .put("statusCategory", category(status.category()));
  }

  JsonObject category(StatusCategory category) {
    return new JsonObject()
        .put("self", self("statuscategory/" + category.id))
        .put("id", category.id)
        .put("key", category.key)
        .put("colorName", category.color)
        .put("name", category.label);
  }

  JsonObject issueType(IssueType type) {
    JsonObject json =
        new JsonObject()
            .put("self", self("issuetype/" + type.id()))
            .put("id", type.id())
            .put("description", "")
            .put("name", type.name())
            .put("untranslatedName", type.name())
            .put("subtask", type.subtask());
    return site.cloud() ? json.put("hierarchyLevel", type.level()) : json;
  }

  /** A priority or resolution, with its address. */
  JsonObject named(String kind, Named thing) {
    return new JsonObject()
        .put("self", self(kind + "/" + thing.id()))
        .put("name", thing.name())
        .put("id", thing.id())
        .put("description", "");
  }

  JsonObject option(Choice choice) {
    return new JsonObject()
        .put("self", self("customFieldOption/" + choice.id()))
        .put("value", choice.name())
        .put("id", choice.id());
  }

  JsonObject linkType(LinkType type) {
    return new JsonObject()
        .put("id", type.id())
        .put("name", type.name())
        .put("inward", type.inward())
        .put("outward", type.outward())
        .put("self", self("issueLinkType/" + type.id()));
  }

  JsonObject projectStub(Project project) {
    JsonObject json =
        new JsonObject()
            .put("self", self("project/" + project.id()))
            .put("id", project.id())
            .put("key", project.key())
            .put("name", project.name())
            .put("projectTypeKey", "software");
    return site.cloud() ? json.put("simplified", false) : json;
  }

  /** A related issue: few fields. */
  JsonObject issueStub(long id) {
    Issue issue = site.issues().byId(id);
    if (issue == null) {
      return new JsonObject().put("id", String.valueOf(id));
    }
    return new JsonObject()
        .put("id", String.valueOf(issue.id()))
        .put("key", issue.key())
        .put("self", self("issue/" + issue.id()))
        .put(
            "fields",
            new JsonObject()
                .put("summary", issue.summary())
                .put("status", status(issue.status()))
                .put("priority", priority(issue))
                .put("issuetype", issueType(issue.type())));
  }

  private @Nullable JsonObject priority(Issue issue) {
    return issue.value("priority") instanceof Choice priority ? named("priority", priority) : null;
  }

  JsonObject comment(Issue issue, Comment comment, boolean withProperties, boolean rendered) {
    JsonObject json =
        new JsonObject()
            .put("self", self("issue/" + issue.id() + "/comment/" + comment.id()))
            .put("id", String.valueOf(comment.id()))
            .put("author", user(comment.author()))
            .put("body", text(comment.body()))
            .put("updateAuthor", user(comment.updateAuthor()))
            .put("created", time(comment.created()))
            .put("updated", time(comment.updated()));
    Visibility visibility = comment.visibility();
    if (visibility != null) {
      json.put("visibility", visibility(visibility));
    }
    if (site.cloud()) {
      json.put("jsdPublic", true);
    }
    if (rendered) {
      json.put("renderedBody", "<p>" + escaped(comment.body().plain()) + "</p>");
    }
    if (withProperties) {
      json.put("properties", properties(comment.properties()));
    }
    return json;
  }

  JsonObject visibility(Visibility visibility) {
    JsonObject json =
        new JsonObject().put("type", visibility.type()).put("value", visibility.value());
    return site.cloud() ? json.put("identifier", visibility.value()) : json;
  }

  static JsonArray properties(Map<String, Object> properties) {
    JsonArray array = new JsonArray();
    properties.forEach(
        (key, value) -> array.add(new JsonObject().put("key", key).put("value", value)));
    return array;
  }

  JsonObject change(Change change) {
    JsonArray items = new JsonArray();
    for (Change.Item item : change.items()) {
      JsonObject json =
          new JsonObject().put("field", item.field()).put("fieldtype", item.fieldType());
      if (item.fieldId() != null && site.cloud()) {
        json.put("fieldId", item.fieldId());
      }
      items.add(
          json.put("from", item.from())
              .put("fromString", item.fromText())
              .put("to", item.to())
              .put("toString", item.toText()));
    }
    JsonObject json =
        new JsonObject()
            .put("id", String.valueOf(change.id()))
            .put("author", user(change.author()))
            .put("created", time(change.created()))
            .put("items", items);
    if (change.metadata() != null) {
      json.put("historyMetadata", change.metadata());
    }
    return json;
  }

  JsonObject remoteLink(Issue issue, RemoteLink link) {
    JsonObject json =
        new JsonObject()
            .put("id", link.id())
            .put("self", self("issue/" + issue.key() + "/remotelink/" + link.id()));
    if (link.globalId() != null) {
      json.put("globalId", link.globalId());
    }
    return json.mergeIn(link.content().copy());
  }

  JsonObject issueLink(IssueLink link, long seenFrom) {
    JsonObject json =
        new JsonObject()
            .put("id", String.valueOf(link.id()))
            .put("self", self("issueLink/" + link.id()))
            .put("type", linkType(link.type()));
    return link.source() == seenFrom
        ? json.put("outwardIssue", issueStub(link.target()))
        : json.put("inwardIssue", issueStub(link.source()));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
