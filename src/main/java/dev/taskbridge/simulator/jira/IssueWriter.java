package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what was read and checked: stores, keeps the history, tells the listeners. */
final class IssueWriter {
  private final Site site;
  private final Consumer<Event> listener;
  private long lastChange = 10_000;
  private long lastComment = 10_000;
  private long lastLink = 10_000;

  IssueWriter(Site site, Consumer<Event> listener) {
    this.site = site;
    this.listener = listener;
  }

  Issue create(User actor, Project project, Edits edits) {
    Instant now = site.now();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("status", site.workflows().of(project).initial());
    values.put("priority", site.priorities().get(2));
    values.put("reporter", actor);
    values.put("creator", actor);
    values.put("labels", List.of());
    values.put("statuscategorychangedate", now);
    values.putAll(edits.values);
    Issue issue =
        new Issue(
                site.issues().nextId(),
                site.issues().nextKey(project),
                project,
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                now,
                now,
                false)
            .withValues(values)
            .withProperties(edits.properties);
    site.issues().put(issue);
    tell("jira:issue_created", "issue_created", issue, actor, null, null);
    return extras(actor, issue, edits);
  }

  /** Writes new values; an edit that changes nothing leaves no trace, unless a switch says so. */
  Issue edit(User actor, Issue issue, Edits edits, String kind) {
    Change change = change(actor, issue, edits.values, edits.historyMetadata);
    boolean touched = !change.items().isEmpty() || site.switches().on(Switch.EMPTY_EDIT_TOUCHES);
    Issue next = issue.withValues(edits.values);
    if (!edits.properties.isEmpty()) {
      Map<String, Object> properties = new LinkedHashMap<>(issue.properties());
      properties.putAll(edits.properties);
      next = next.withProperties(properties);
    }
    if (!change.items().isEmpty()) {
      next = next.withChange(change);
    }
    if (touched) {
      next = next.touched(site.now());
    }
    site.issues().put(next);
    if (touched) {
      tell("jira:issue_updated", kind, next, actor, change, null);
    }
    return extras(actor, next, edits);
  }

  /** Takes a step of the workflow. */
  Issue transition(User actor, Issue issue, Workflow.Step step, Edits edits) {
    Instant now = site.now();
    boolean done = step.to().category() == StatusCategory.DONE;
    if (!done) {
      edits.values.put("resolution", null);
      edits.values.put("resolutiondate", null);
    } else if (!edits.values.containsKey("resolution") && issue.resolution() == null) {
      edits.values.put("resolution", site.resolutions().get(0));
    }
    if (done && issue.value("resolutiondate") == null) {
      edits.values.put("resolutiondate", now);
    }
    if (step.to().category() != issue.status().category()) {
      edits.values.put("statuscategorychangedate", now);
    }
    edits.values.put("status", step.to());
    return edit(actor, issue, edits, "issue_generic");
  }

  private Issue extras(User actor, Issue issue, Edits edits) {
    Issue next = issue;
    for (Edits.NewComment comment : edits.comments) {
      addComment(actor, next, comment);
      next = current(issue);
    }
    for (Edits.NewLink link : edits.links) {
      long source = link.outward() ? issue.id() : link.other();
      long target = link.outward() ? link.other() : issue.id();
      link(actor, link.type(), source, target);
      next = current(issue);
    }
    return next;
  }

  private Issue current(Issue issue) {
    return Objects.requireNonNull(site.issues().byId(issue.id()));
  }

  Comment addComment(User actor, Issue issue, Edits.NewComment wanted) {
    Instant now = site.now();
    Comment comment =
        new Comment(
            ++lastComment,
            actor,
            actor,
            wanted.body(),
            now,
            now,
            wanted.visibility(),
            wanted.properties());
    List<Comment> more = new ArrayList<>(issue.comments());
    more.add(comment);
    Issue next = issue.withComments(more);
    if (site.switches().on(Switch.COMMENT_ADD_TOUCHES)) {
      next = next.touched(now);
    }
    site.issues().put(next);
    tell("comment_created", null, next, actor, null, comment);
    tell("jira:issue_updated", "issue_commented", next, actor, null, comment);
    return comment;
  }

  /** Puts {@code comment} where the one with its id was. */
  void replaceComment(User actor, Issue issue, Comment comment, boolean news) {
    List<Comment> now = new ArrayList<>(issue.comments());
    now.replaceAll(each -> each.id() == comment.id() ? comment : each);
    Issue next = issue.withComments(now);
    if (news && site.switches().on(Switch.COMMENT_EDIT_TOUCHES)) {
      next = next.touched(site.now());
    }
    site.issues().put(next);
    if (news) {
      tell("comment_updated", null, next, actor, null, comment);
    }
  }

  void deleteComment(User actor, Issue issue, Comment comment) {
    List<Comment> now = new ArrayList<>(issue.comments());
    now.removeIf(each -> each.id() == comment.id());
    Issue next = issue.withComments(now);
    if (site.switches().on(Switch.COMMENT_EDIT_TOUCHES)) {
      next = next.touched(site.now());
    }
    site.issues().put(next);
    site.issues().commentRemoved(comment.id());
    tell("comment_deleted", null, next, actor, null, comment);
  }

  void setProperties(User actor, Issue issue, Map<String, Object> properties, String event) {
    Issue next = issue.withProperties(properties);
    if (site.switches().on(Switch.PROPERTY_TOUCHES)) {
      next = next.touched(site.now());
    }
    site.issues().put(next);
    tell(event, null, next, actor, null, null);
  }

  void setRemoteLinks(User actor, Issue issue, List<RemoteLink> links) {
    Issue next = issue.withRemoteLinks(links);
    if (site.switches().on(Switch.REMOTE_LINK_TOUCHES)) {
      note(
          actor,
          next,
          new Change.Item(
              "RemoteIssueLink", null, "jira", null, null, null, "This issue links to"));
    } else {
      site.issues().put(next);
    }
  }

  /** Keeps in the history that something beside the fields changed. */
  void note(User actor, Issue issue, Change.Item item) {
    Instant now = site.now();
    site.issues()
        .put(
            issue
                .withChange(new Change(++lastChange, actor, now, List.of(item), null))
                .touched(now));
  }

  long nextLinkId() {
    return ++lastLink;
  }

  /** A link that is there already is left alone. */
  void link(User actor, LinkType type, long source, long target) {
    boolean there =
        site.issues().linksOf(source).stream()
            .anyMatch(
                link ->
                    link.type().equals(type) && link.source() == source && link.target() == target);
    Issue from = site.issues().byId(source);
    Issue to = site.issues().byId(target);
    if (there || from == null || to == null) {
      return;
    }
    site.issues().addLink(new IssueLink(nextLinkId(), type, source, target));
    linked(actor, from, to, type.outward(), true);
    linked(actor, to, from, type.inward(), true);
  }

  void unlink(User actor, IssueLink link) {
    site.issues().removeLink(link);
    Issue from = site.issues().byId(link.source());
    Issue to = site.issues().byId(link.target());
    if (from != null && to != null) {
      linked(actor, from, to, link.type().outward(), false);
      linked(actor, to, from, link.type().inward(), false);
    }
  }

  private void linked(User actor, Issue one, Issue other, String words, boolean added) {
    String text = "This issue " + words + " " + other.key();
    Change.Item item =
        added
            ? new Change.Item("Link", null, "jira", null, null, other.key(), text)
            : new Change.Item("Link", null, "jira", other.key(), text, null, null);
    Change change = new Change(++lastChange, actor, site.now(), List.of(item), null);
    Issue next = one.withChange(change).touched(site.now());
    site.issues().put(next);
    tell("jira:issue_updated", "issue_updated", next, actor, change, null);
  }

  void delete(User actor, Issue issue) {
    site.issues().remove(issue);
    tell("jira:issue_deleted", null, issue, actor, null, null);
  }

  void archive(User actor, Issue issue, boolean archived) {
    Issue next = issue.withArchived(archived).touched(site.now());
    site.issues().put(next);
    tell("jira:issue_updated", "issue_archived", next, actor, null, null);
  }

  /** Moves an issue into another project: new key, its statuses, its types. */
  Issue move(User actor, Issue issue, Project to) {
    IssueType type =
        to.types().stream()
            .filter(each -> each.name().equals(issue.type().name()))
            .findFirst()
            .orElse(to.types().get(0));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("issuetype", type);
    values.put("status", site.workflows().of(to).nearest(issue.status()));
    String key = site.issues().nextKey(to);
    Change moved =
        new Change(
            ++lastChange,
            actor,
            site.now(),
            List.of(
                new Change.Item(
                    "project",
                    "project",
                    "jira",
                    issue.project().id(),
                    issue.project().name(),
                    to.id(),
                    to.name()),
                new Change.Item("Key", null, "jira", null, issue.key(), null, key)),
            null);
    Issue next = issue.moved(to, key).withValues(values).withChange(moved).touched(site.now());
    site.issues().put(next);
    tell("jira:issue_updated", "issue_moved", next, actor, moved, null);
    return next;
  }

  private Change change(
      User actor,
      Issue issue,
      Map<String, @Nullable Object> values,
      @Nullable JsonObject metadata) {
    List<Change.Item> items = new ArrayList<>();
    values.forEach(
        (id, value) -> {
          Object before = issue.value(id);
          boolean same =
              Objects.equals(before, value)
                  || (value == null && before instanceof List<?> list && list.isEmpty());
          if (!same && !id.equals("statuscategorychangedate") && !id.equals("resolutiondate")) {
            items.add(item(site.fields().of(id), before, value));
          }
        });
    return new Change(++lastChange, actor, site.now(), List.copyOf(items), metadata);
  }

  private Change.Item item(Field field, @Nullable Object before, @Nullable Object after) {
    return new Change.Item(
        field.custom() ? field.name() : field.id(),
        field.id(),
        field.custom() ? "custom" : "jira",
        identity(field, before),
        before == null ? null : field.type().text(before),
        identity(field, after),
        after == null ? null : field.type().text(after));
  }

  private @Nullable String identity(Field field, @Nullable Object value) {
    if (value instanceof User user) {
      return site.cloud() ? user.accountId() : user.key();
    }
    return value == null ? null : field.type().identity(value);
  }

  private void tell(
      String name,
      @Nullable String kind,
      Issue issue,
      User actor,
      @Nullable Change change,
      @Nullable Comment comment) {
    listener.accept(new Event(name, kind, issue, actor, change, comment));
  }
}
