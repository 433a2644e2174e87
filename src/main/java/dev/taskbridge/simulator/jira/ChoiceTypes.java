package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields whose value is one of a list that the site or the project keeps. */
final class ChoiceTypes {
  private ChoiceTypes() {}

  /** By id, else by name without case; {@code value} is how select fields call the name. */
  static <N extends Named> Optional<N> find(List<N> among, Object json) {
    if (!(json instanceof JsonObject wanted)) {
      return Optional.empty();
    }
    Object id = wanted.getValue("id");
    if (id != null) {
      return among.stream().filter(each -> each.id().equals(id.toString())).findFirst();
    }
    Object name = wanted.getValue("name", wanted.getValue("value"));
    return among.stream()
        .filter(each -> name != null && each.name().equalsIgnoreCase(name.toString()))
        .findFirst();
  }

  /** Priority, resolution: the same list everywhere. */
  record Fixed(String kind, List<Choice> choices) implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema(kind);
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      Optional<Choice> found = find(choices, json);
      return found.isPresent()
          ? found.get()
          : reading.refuse(Wording.BAD_VALUE, reading.field().name());
    }

    @Override
    public Object write(Object value, View view) {
      Choice choice = (Choice) value;
      return kind.equals("option") ? view.option(choice) : view.named(kind, choice);
    }

    @Override
    public String text(Object value) {
      return ((Choice) value).name();
    }

    @Override
    public String identity(Object value) {
      return ((Choice) value).id();
    }

    @Override
    public JsonArray allowed(View view, Project project) {
      JsonArray allowed = new JsonArray();
      choices.forEach(choice -> allowed.add(write(choice, view)));
      return allowed;
    }
  }

  /** A multi-select. */
  record Several(List<Choice> choices) implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("array").put("items", "option");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof JsonArray wanted)) {
        return reading.refuse(Wording.NOT_ARRAY);
      }
      List<Choice> chosen = new ArrayList<>();
      for (Object each : wanted) {
        Optional<Choice> found = find(choices, each);
        if (found.isEmpty()) {
          return reading.refuse(Wording.BAD_VALUE, reading.field().name());
        }
        chosen.add(found.get());
      }
      return chosen.isEmpty() ? null : List.copyOf(chosen);
    }

    @Override
    public Object write(Object value, View view) {
      JsonArray chosen = new JsonArray();
      ((List<?>) value).forEach(choice -> chosen.add(view.option((Choice) choice)));
      return chosen;
    }

    @Override
    public String text(Object value) {
      return String.join(",", ((List<?>) value).stream().map(c -> ((Choice) c).name()).toList());
    }

    @Override
    public List<String> verbs() {
      return List.of("add", "set", "remove");
    }

    @Override
    public JsonArray allowed(View view, Project project) {
      JsonArray allowed = new JsonArray();
      choices.forEach(choice -> allowed.add(view.option(choice)));
      return allowed;
    }
  }

  record Type() implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("issuetype");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      Optional<IssueType> found = find(reading.project().types(), json);
      if (found.isEmpty()) {
        return reading.refuse(Wording.VALID_TYPE);
      }
      Issue issue = reading.issue();
      return issue != null && issue.type().subtask() != found.get().subtask()
          ? reading.refuse(Wording.NOT_IN_WORKFLOW)
          : found.get();
    }

    @Override
    public Object write(Object value, View view) {
      return view.issueType((IssueType) value);
    }

    @Override
    public String text(Object value) {
      return ((IssueType) value).name();
    }

    @Override
    public String identity(Object value) {
      return ((IssueType) value).id();
    }

    @Override
    public JsonArray allowed(View view, Project project) {
      JsonArray allowed = new JsonArray();
      project.types().forEach(type -> allowed.add(view.issueType(type)));
      return allowed;
    }
  }

  /** A person; whether a person may be set depends on the field. */
  record Person() implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("user");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof JsonObject wanted)) {
        return reading.refuse(Wording.NO_USER_NAMED, reading.field().name());
      }
      boolean cloud = reading.site().flavour() == Flavour.CLOUD;
      List<String> keys = cloud ? List.of("accountId", "id") : List.of("name");
      if (keys.stream().noneMatch(wanted::containsKey)) {
        return reading.refuse(Wording.NO_USER_NAMED, reading.field().name());
      }
      String key = keys.stream().filter(wanted::containsKey).findFirst().orElseThrow();
      Object id = wanted.getValue(key);
      if (id == null || id.equals("-1") || (!cloud && id.equals(""))) {
        return null;
      }
      Directory people = reading.site().people();
      Optional<User> found = cloud ? people.accountId(id.toString()) : people.name(id.toString());
      return found.isPresent() ? found.get() : reading.refuse(Wording.NO_USER, id.toString());
    }

    @Override
    public Object write(Object value, View view) {
      return view.user((User) value);
    }

    @Override
    public String text(Object value) {
      return ((User) value).displayName();
    }

    @Override
    public String identity(Object value) {
      return ((User) value).accountId();
    }
  }

  record Parent() implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema("issuelink");
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      if (!(json instanceof JsonObject wanted)) {
        return reading.refuse(Wording.BAD_PARENT);
      }
      if (Boolean.TRUE.equals(wanted.getValue("none"))) {
        return null;
      }
      Object id = wanted.getValue("id", wanted.getValue("key"));
      Issue parent = id == null ? null : reading.site().issues().find(id.toString());
      return parent == null ? reading.refuse(Wording.BAD_PARENT) : (Object) parent.id();
    }

    @Override
    public Object write(Object value, View view) {
      return view.issueStub((Long) value);
    }

    @Override
    public String text(Object value) {
      return value.toString();
    }

    @Override
    public String identity(Object value) {
      return value.toString();
    }
  }

  /** A field that the product fills; never read from a request. */
  record Computed(String kind) implements FieldType {
    @Override
    public JsonObject schema() {
      return TextTypes.schema(kind);
    }

    @Override
    public @Nullable Object read(Object json, Reading reading) {
      return reading.refuse(Wording.NOT_ON_SCREEN, reading.field().id());
    }

    @Override
    public Object write(Object value, View view) {
      return value instanceof Status status ? view.status(status) : value;
    }

    @Override
    public String text(Object value) {
      return value instanceof Named named ? named.name() : value.toString();
    }

    @Override
    public @Nullable String identity(Object value) {
      return value instanceof Named named ? named.id() : null;
    }
  }
}
