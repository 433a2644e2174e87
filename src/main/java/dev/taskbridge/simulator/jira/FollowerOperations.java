package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who watches an issue, and who voted for it. */
final class FollowerOperations {
  private final Site site;

  FollowerOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/watchers", Access.READ, this::watchers);
    routes.on("POST", "issue/:issue/watchers", Access.LOGGED_IN, this::watch);
    routes.on("DELETE", "issue/:issue/watchers", Access.LOGGED_IN, this::unwatch);
    routes.on("GET", "issue/:issue/votes", Access.READ, this::votes);
    routes.on("POST", "issue/:issue/votes", Access.LOGGED_IN, this::vote);
    routes.on("DELETE", "issue/:issue/votes", Access.LOGGED_IN, this::unvote);
  }

  private Reply watchers(Visit visit) {
    Issue issue = visit.issue();
    JsonObject json = watches(visit.view(), issue);
    return Reply.json(200, json.put("watchers", users(visit, site.watchers().of(issue))));
  }

  private Reply votes(Visit visit) {
    Issue issue = visit.issue();
    JsonObject json = votes(visit.view(), issue);
    return Reply.json(200, json.put("voters", users(visit, site.voters().of(issue))));
  }

  /** As an issue shows its watchers among its fields. */
  static JsonObject watches(View view, Issue issue) {
    List<User> watchers = view.site().watchers().of(issue);
    return new JsonObject()
        .put("self", view.self("issue/" + issue.key() + "/watchers"))
        .put("watchCount", watchers.size())
        .put("isWatching", view.reader() != null && watchers.contains(view.reader()));
  }

  /** As an issue shows its votes among its fields. */
  static JsonObject votes(View view, Issue issue) {
    List<User> voters = view.site().voters().of(issue);
    return new JsonObject()
        .put("self", view.self("issue/" + issue.key() + "/votes"))
        .put("votes", voters.size())
        .put("hasVoted", view.reader() != null && voters.contains(view.reader()));
  }

  private static JsonArray users(Visit visit, List<User> users) {
    JsonArray shown = new JsonArray();
    users.forEach(user -> shown.add(visit.view().user(user)));
    return shown;
  }

  /** The body is one JSON string that names somebody; without one it is whoever asks. */
  private Reply watch(Visit visit) {
    Issue issue = visit.issueToWrite();
    User user = visit.actor();
    Optional<Object> body = visit.json();
    if (body.isPresent()) {
      user = user(visit, String.valueOf(body.get()));
    }
    site.watchers().put(issue, with(site.watchers().of(issue), user));
    return Reply.empty(204);
  }

  private Reply unwatch(Visit visit) {
    Issue issue = visit.issueToWrite();
    Optional<String> id = visit.call().queryParam(site.cloud() ? "accountId" : "username");
    if (id.isEmpty()) {
      throw visit.refuse(400, Wording.REQUIRED, site.cloud() ? "accountId" : "username");
    }
    site.watchers().put(issue, without(site.watchers().of(issue), user(visit, id.get())));
    return Reply.empty(204);
  }

  private Reply vote(Visit visit) {
    Issue issue = visit.issueToWrite();
    site.voters().put(issue, with(site.voters().of(issue), visit.actor()));
    return Reply.empty(204);
  }

  private Reply unvote(Visit visit) {
    Issue issue = visit.issueToWrite();
    site.voters().put(issue, without(site.voters().of(issue), visit.actor()));
    return Reply.empty(204);
  }

  private User user(Visit visit, String id) {
    return (site.cloud() ? site.people().accountId(id) : site.people().name(id))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_USER, id));
  }

  private static List<User> with(List<User> users, User one) {
    List<User> now = without(users, one);
    now.add(one);
    return now;
  }

  private static List<User> without(List<User> users, User one) {
    List<User> now = new ArrayList<>(users);
    now.remove(one);
    return now;
  }
}
