package dev.taskbridge.adapter.threatconnect;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Written;
import dev.taskbridge.tql.Tql;
import dev.taskbridge.tql.TqlBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ThreatConnect's tasks and their notes, over the v3 API. Thread-safe.
 *
 * <p>What it costs, when nothing goes wrong: a page of tasks one GET (with the cases beside it,
 * two, where the server does not show them with their tasks); an update one PUT, and one GET more
 * where the status is written; a creation one POST, with one GET for all before them; notes one GET
 * for all tasks. Once a day the server is asked which fields it offers; names of people are looked
 * up when they are written and remembered for half an hour.
 */
public final class ThreatConnectSource implements TaskSource {
  private final ThreatConnectApi api;
  private final Tasks tasks;
  private final TaskWriter writer;
  private final People people;
  private final Notes notes;
  private final Description description;

  public ThreatConnectSource(Http http, ThreatConnectSettings settings) {
    this.api = new ThreatConnectApi(http, settings.owner());
    String url = settings.url().toString();
    MoreFields moreFields = new MoreFields(api, settings.clock());
    this.tasks =
        new Tasks(
            api,
            moreFields,
            new TaskJson(url.endsWith("/") ? url.substring(0, url.length() - 1) : url));
    this.people = new People(api, settings.clock());
    this.writer = new TaskWriter(api, tasks, moreFields, people);
    this.notes = new Notes(api);
    this.description = new Description(api, settings);
  }

  @Override
  public Outcome<TaskPage> tasks(TaskQuery query) {
    return tasks.page(query);
  }

  @Override
  public Outcome<Long> findCase(String nameOrId) {
    if (nameOrId.isBlank()) {
      return Outcome.refused(
          new Refusal.Rejected(Optional.empty(), "no case is named; name one in tasks.case"));
    }
    if (nameOrId.matches("\\d{1,18}")) {
      return Outcome.done(Long.parseLong(nameOrId));
    }
    String tql = Tql.print(TqlBuilder.is("name", nameOrId));
    return api.list(Kind.CASES, ListQuery.byId(tql, List.of(), 2))
        .then(
            found ->
                found.data().size() == 1
                    ? Outcome.done(TaskJson.id(found.data().get(0)))
                    : Outcome.refused(
                        new Refusal.Rejected(
                            Optional.empty(),
                            (found.data().isEmpty() ? "no case" : "more than one case")
                                + " is called \""
                                + nameOrId
                                + "\"; name one in tasks.case, or give its id")));
  }

  @Override
  public Outcome<TaskPresence> read(String xid) {
    return tasks.read(xid);
  }

  /** After a refusal that concerns the whole system the rest of the batch is not tried. */
  @Override
  public List<Outcome<Written<Task>>> update(UpdateTasks update) {
    List<Outcome<Written<Task>>> outcomes = new ArrayList<>();
    Optional<Refusal> trouble = Optional.empty();
    for (TaskUpdate one : update.updates()) {
      Outcome<Written<Task>> outcome =
          trouble.isPresent() ? Outcome.refused(trouble.get()) : writer.update(one);
      outcomes.add(outcome);
      if (trouble.isEmpty()) {
        trouble = outcome.refusal().filter(ThreatConnectSource::stopsTheRest);
      }
    }
    return outcomes;
  }

  /** An unknown outcome is of one write; the next may well succeed. */
  private static boolean stopsTheRest(Refusal refusal) {
    return refusal.concernsSystem() && !(refusal instanceof Refusal.Unknown);
  }

  @Override
  public List<Outcome<MadeTask>> create(CreateTasks create) {
    return writer.create(create);
  }

  @Override
  public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
    return notes.of(of);
  }

  @Override
  public Outcome<Comment> note(WriteNote note) {
    return notes.write(note);
  }

  @Override
  public Outcome<Map<FieldValue, String>> unassignable(List<FieldValue> who) {
    Map<FieldValue, String> refused = new LinkedHashMap<>();
    for (FieldValue one : who) {
      Optional<Refusal> refusal = people.written(one).refusal();
      if (refusal.filter(Refusal::concernsSystem).isPresent()) {
        return Outcome.refused(refusal.get());
      }
      refusal.ifPresent(why -> refused.put(one, why.words()));
    }
    return Outcome.done(refused);
  }

  @Override
  public Outcome<SystemDescription> describe(Optional<String> filter) {
    return description.of(filter);
  }
}
