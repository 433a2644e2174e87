package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An issue as JSON: which fields, which properties, what expanded. */
final class IssueView {
  /** An issue embeds only this many of its comments and worklogs. */
  private static final int EMBEDDED_ROWS = 20;

  private final View view;
  private final Site site;
  private final List<Field> fields;
  private final Collection<String> properties;
  private final Set<String> expand;

  /**
   * @param fields ids, {@code *all}, {@code *navigable}, {@code -id}
   * @param properties keys, or {@code *all}
   */
  IssueView(View view, List<String> fields, Collection<String> properties, Set<String> expand) {
    this.view = view;
    this.site = view.site();
    this.fields = select(site.fields(), fields);
    this.properties = properties;
    this.expand = expand;
  }

  static IssueView everything(View view) {
    return new IssueView(view, List.of("*all"), List.of("*all"), Set.of());
  }

  private static List<Field> select(Fields catalogue, List<String> names) {
    Set<String> without = new HashSet<>();
    Map<String, Field> chosen = new LinkedHashMap<>();
    boolean onlyMinus = !names.isEmpty() && names.stream().allMatch(name -> name.startsWith("-"));
    List<String> wanted = new ArrayList<>(names);
    if (onlyMinus) {
      wanted.add("*all");
    }
    for (String name : wanted) {
      if (name.equals("*all")) {
        catalogue.all().forEach(field -> chosen.put(field.id(), field));
      } else if (name.equals("*navigable")) {
        catalogue.all().stream()
            .filter(Field::navigable)
            .forEach(field -> chosen.put(field.id(), field));
      } else if (name.startsWith("-")) {
        without.add(name.substring(1));
      } else {
        catalogue.id(name).ifPresent(field -> chosen.put(field.id(), field));
      }
    }
    without.forEach(chosen::remove);
    return List.copyOf(chosen.values());
  }

  JsonObject show(Issue issue) {
    JsonObject json =
        new JsonObject()
            .put("expand", "operations,versionedRepresentations,editmeta,changelog,renderedFields")
            .put("id", String.valueOf(issue.id()))
            .put("self", view.self("issue/" + issue.id()))
            .put("key", issue.key());
    JsonObject values = new JsonObject();
    for (Field field : fields) {
      values.put(field.id(), value(issue, field));
    }
    json.put("fields", values);
    if (!properties.isEmpty()) {
      json.put("properties", properties(issue));
    }
    if (expand.contains("names")) {
      json.put("names", names());
    }
    if (expand.contains("schema")) {
      json.put("schema", schema());
    }
    if (expand.contains("changelog")) {
      json.put("changelog", changelog(issue));
    }
    if (expand.contains("transitions")) {
      json.put(
          "transitions",
          new TransitionView(view).list(issue, expand.contains("transitions.fields")));
    }
    if (expand.contains("editmeta")) {
      json.put("editmeta", new FieldView(view).editmeta(issue));
    }
    if (expand.contains("renderedFields")) {
      json.put("renderedFields", rendered(issue));
    }
    if (expand.contains("operations")) {
      json.put("operations", new JsonObject().put("linkGroups", new JsonArray()));
    }
    return json;
  }

  JsonObject names() {
    JsonObject names = new JsonObject();
    fields.forEach(field -> names.put(field.id(), field.name()));
    return names;
  }

  JsonObject schema() {
    JsonObject schema = new JsonObject();
    fields.forEach(field -> schema.put(field.id(), field.schema()));
    return schema;
  }

  private @Nullable Object value(Issue issue, Field field) {
    return switch (field.id()) {
      case "project" -> view.projectStub(issue.project());
      case "created" -> view.time(issue.created());
      case "updated" -> view.time(issue.updated());
      case "labels" -> new JsonArray(new ArrayList<>(issue.labels()));
      case "comment" -> comments(issue);
      case "issuelinks" -> links(issue);
      case "subtasks" -> subtasks(issue);
      case "components", "fixVersions", "versions" -> new JsonArray();
      case "attachment" -> attachments(issue);
      case "watches" -> FollowerOperations.watches(view, issue);
      case "votes" -> FollowerOperations.votes(view, issue);
      case "worklog" -> worklogs(issue);
      default -> {
        Object value = issue.value(field.id());
        yield value == null ? null : field.type().write(value, view);
      }
    };
  }

  private JsonArray attachments(Issue issue) {
    JsonArray shown = new JsonArray();
    site.attachments().of(issue).forEach(each -> shown.add(each.show(view)));
    return shown;
  }

  private JsonObject worklogs(Issue issue) {
    JsonArray shown = new JsonArray();
    List<Worklog> worklogs = site.worklogs().of(issue);
    worklogs.stream().limit(EMBEDDED_ROWS).forEach(worklog -> shown.add(worklog.show(view, issue)));
    return page(shown, EMBEDDED_ROWS, worklogs.size()).put("worklogs", shown);
  }

  private JsonObject comments(Issue issue) {
    JsonArray shown = new JsonArray();
    List<Comment> visible = issue.comments().stream().filter(this::sees).toList();
    visible.stream()
        .limit(EMBEDDED_ROWS)
        .forEach(comment -> shown.add(view.comment(issue, comment, false, false)));
    return page(shown, shown.size(), visible.size())
        .put("comments", shown)
        .put("self", view.self("issue/" + issue.id() + "/comment"));
  }

  private boolean sees(Comment comment) {
    User reader = view.reader();
    return reader == null || site.people().sees(reader, comment);
  }

  private static JsonObject page(JsonArray rows, int maxResults, int total) {
    return new JsonObject()
        .put("startAt", 0)
        .put("maxResults", Math.max(rows.size(), maxResults))
        .put("total", total);
  }

  private JsonArray links(Issue issue) {
    JsonArray links = new JsonArray();
    site.issues().linksOf(issue.id()).forEach(link -> links.add(view.issueLink(link, issue.id())));
    return links;
  }

  private JsonArray subtasks(Issue issue) {
    JsonArray subtasks = new JsonArray();
    for (Issue child : site.issues().childrenOf(issue.id())) {
      if (child.type().subtask()) {
        subtasks.add(view.issueStub(child.id()));
      }
    }
    return subtasks;
  }

  private JsonObject properties(Issue issue) {
    JsonObject shown = new JsonObject();
    issue
        .properties()
        .forEach(
            (key, value) -> {
              if (properties.contains("*all") || properties.contains(key)) {
                shown.put(key, value);
              }
            });
    return shown;
  }

  private JsonObject changelog(Issue issue) {
    JsonArray histories = new JsonArray();
    List<Change> changes = issue.history();
    for (int i = changes.size() - 1; i >= 0; i--) {
      histories.add(view.change(changes.get(i)));
    }
    return page(histories, changes.size(), changes.size()).put("histories", histories);
  }

  private JsonObject rendered(Issue issue) {
    JsonObject rendered = new JsonObject();
    for (Field field : fields) {
      Object value = issue.value(field.id());
      rendered.put(
          field.id(),
          value instanceof RichText text ? "<p>" + View.escaped(text.plain()) + "</p>" : null);
    }
    return rendered;
  }
}
