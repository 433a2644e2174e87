package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What Jira says of itself and of one project, asked now. */
final class Describe {
  private final InScope in;
  private final List<String> problems = new ArrayList<>();

  private Describe(InScope in) {
    this.in = in;
  }

  static Outcome<SystemDescription> of(InScope in) {
    return new Describe(in).describe();
  }

  private Outcome<SystemDescription> describe() {
    JiraSite site = in.site();
    Instant asked = site.clock().instant();
    return site.deployment()
        .serverInfo()
        .then(
            info -> {
              Duration ahead = ahead(info, asked);
              return site.people()
                  .myself(in.flavour(), Duration.ZERO)
                  .then(me -> described(info, me, ahead));
            });
  }

  private Duration ahead(JsonNode serverInfo, Instant asked) {
    Instant answered = in.site().clock().instant();
    Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
    return JiraTime.parse(Json.text(serverInfo, "serverTime"))
        .map(theirs -> Duration.between(middle, theirs))
        .orElseGet(in.client()::ahead);
  }

  private Outcome<SystemDescription> described(
      JsonNode info, People.Account account, Duration ahead) {
    if (!account.active()) {
      problems.add("the account " + account.shown() + " is not active");
    }
    JiraScope scope = in.scope();
    Metadata metadata = in.site().metadata();
    Outcome<JsonNode> project = metadata.project(in.flavour(), scope.project(), Duration.ZERO);
    Outcome<List<Metadata.Status>> statuses =
        project.then(visible -> metadata.statuses(in.flavour(), scope.project(), scope.type()));
    metadata.forgetCreateScreen(scope.project(), scope.type());
    Outcome<Metadata.CreateScreen> screen =
        metadata.createScreen(in.flavour(), scope.project(), scope.type());
    Outcome<List<FieldMeta.Allowed>> priorities = metadata.priorities(in.flavour());
    Optional<Refusal> trouble =
        List.of(statuses, screen, priorities).stream()
            .flatMap(part -> part.refusal().stream())
            .filter(Refusal::concernsSystem)
            .findFirst();
    if (trouble.isPresent()) {
      return Outcome.refused(trouble.get());
    }
    if (project.refusal().isPresent()) {
      problems.add(
          "project "
              + scope.project()
              + ": "
              + project.refusal().get().words()
              + metadata
                  .projects(in.flavour())
                  .value()
                  .map(keys -> "; the account sees " + Words.list(keys))
                  .orElse(""));
    } else {
      note("project " + scope.project(), statuses);
      note("creating issues in " + scope.project(), screen);
    }
    note("priorities", priorities);
    screen.value().ifPresent(this::checkFields);
    return Outcome.done(
        new SystemDescription(
            in.flavour().product() + " " + Json.text(info, "version"),
            account.shown(),
            statuses.value().orElse(List.of()).stream().map(Metadata.Status::name).toList(),
            labels(screen, priorities),
            writable(screen),
            ahead,
            account.zone(),
            List.copyOf(problems)));
  }

  private void note(String what, Outcome<?> part) {
    part.refusal().ifPresent(why -> problems.add(what + ": " + why.words()));
  }

  /** The project may know fewer priorities than the site. */
  private static List<String> labels(
      Outcome<Metadata.CreateScreen> screen, Outcome<List<FieldMeta.Allowed>> priorities) {
    return screen
        .value()
        .flatMap(known -> Optional.ofNullable(known.fields().get("priority")))
        .map(FieldMeta::labels)
        .filter(labels -> !labels.isEmpty())
        .orElseGet(
            () ->
                priorities.value().orElse(List.of()).stream()
                    .map(FieldMeta.Allowed::label)
                    .toList());
  }

  private static List<String> writable(Outcome<Metadata.CreateScreen> screen) {
    TreeSet<String> names = new TreeSet<>();
    screen
        .value()
        .ifPresent(
            known ->
                known.fields().keySet().forEach(id -> names.add(JiraFields.nameOf(id).word())));
    names.removeAll(List.of("project", "issuetype"));
    return List.copyOf(names);
  }

  private void checkFields(Metadata.CreateScreen screen) {
    String where = " is not on the create screen of " + in.scope().type();
    String keyField = in.site().settings().keyField().orElse("labels");
    if (!screen.fields().containsKey(keyField)) {
      problems.add(keyField + where + ", and the key that prevents duplicates goes there: add it");
    }
    for (FieldName name : in.scope().mapped()) {
      boolean elsewhere = name.equals(FieldName.STATUS) || name.equals(FieldName.DEPENDENCY);
      if (!elsewhere && !screen.fields().containsKey(JiraFields.idOf(name))) {
        problems.add("the mapped field " + name + where + ": new issues will lack it");
      }
    }
    for (FieldMeta field : screen.fields().values()) {
      boolean given =
          List.of("project", "issuetype", "summary", "reporter").contains(field.id())
              || in.scope().maps(JiraFields.nameOf(field.id()));
      if (field.required() && !given) {
        problems.add(
            "new issues want "
                + field.name()
                + " ("
                + field.id()
                + "), which no mapping fills: map it, or make it optional");
      }
    }
  }
}
