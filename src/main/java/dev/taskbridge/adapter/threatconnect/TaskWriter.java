package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.TaskSource.CreateTasks;
import dev.taskbridge.adapter.TaskSource.MadeTask;
import dev.taskbridge.adapter.TaskSource.NewTask;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskUpdate;
import dev.taskbridge.adapter.http.Words;
import dev.taskbridge.adapter.threatconnect.TaskDrafts.Draft;
import dev.taskbridge.adapter.threatconnect.TaskDrafts.Part;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Written;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes tasks, and compares what is there afterwards with what was asked. Thread-safe. */
final class TaskWriter {
  private final ThreatConnectApi api;
  private final Tasks tasks;
  private final MoreFields moreFields;
  private final TaskDrafts drafts;

  TaskWriter(ThreatConnectApi api, Tasks tasks, MoreFields moreFields, People people) {
    this.api = api;
    this.tasks = tasks;
    this.moreFields = moreFields;
    this.drafts = new TaskDrafts(people);
  }

  Outcome<Written<Task>> update(TaskUpdate update) {
    return drafts
        .of(update.changes())
        .then(
            draft ->
                draft.parts().isEmpty()
                    ? Outcome.done(new Written<>(update.present(), draft.refused()))
                    : send(update, draft));
  }

  private Outcome<Written<Task>> send(TaskUpdate update, Draft draft) {
    long id = update.present().id();
    Outcome<Optional<Task>> sent = put(id, draft.parts());
    Optional<Refusal> refusal = sent.refusal();
    if (refusal.isEmpty()) {
      return seenAfter(id, update.changes(), draft, sent.value().flatMap(task -> task));
    }
    if (refusal.get() instanceof Refusal.Denied denied) {
      // The code for a wrong signature is also that for a task we may not change. Reading it tells.
      return tasks
          .read(id)
          .match(
              task -> Outcome.done(allRefused(task, draft, denied.words())),
              why -> Outcome.refused(why instanceof Refusal.Gone ? why : denied));
    }
    if (!(refusal.get() instanceof Refusal.Rejected)) {
      return Outcome.refused(refusal.get());
    }
    return draft.parts().size() == 1
        ? tasks.read(id).map(task -> allRefused(task, draft, refusal.get().words()))
        : oneByOne(update, draft);
  }

  /** One bad field must not keep the others: each is sent by itself, and the server says which. */
  private Outcome<Written<Task>> oneByOne(TaskUpdate update, Draft draft) {
    long id = update.present().id();
    Map<FieldName, Part> accepted = new LinkedHashMap<>();
    Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
    for (Map.Entry<FieldName, Part> part : draft.parts().entrySet()) {
      Optional<Refusal> refusal = put(id, Map.of(part.getKey(), part.getValue())).refusal();
      if (refusal.isEmpty()) {
        accepted.put(part.getKey(), part.getValue());
      } else if (refusal.get() instanceof Refusal.Rejected rejected) {
        refused.put(
            part.getKey(), new Refusal.Rejected(Optional.of(part.getKey()), rejected.words()));
      } else {
        return Outcome.refused(refusal.get());
      }
    }
    return seenAfter(id, update.changes(), new Draft(accepted, refused), Optional.empty());
  }

  private static Written<Task> allRefused(Task now, Draft draft, String words) {
    Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
    draft
        .parts()
        .keySet()
        .forEach(field -> refused.put(field, new Refusal.Rejected(Optional.of(field), words)));
    return new Written<>(now, refused);
  }

  /** The task as the answer shows it, if it shows all of it. */
  private Outcome<Optional<Task>> put(long id, Map<FieldName, Part> parts) {
    ObjectNode changes = Envelope.JSON.createObjectNode();
    parts.values().forEach(part -> changes.set(part.key(), part.value()));
    return moreFields
        .ofTasks(false)
        .then(fields -> api.update(Kind.TASKS, Long.toString(id), changes, fields))
        .map(
            answer ->
                answer.data().size() == 1 && isWhole(answer.data().get(0))
                    ? tasks.one(answer, "task " + id).value()
                    : Optional.empty());
  }

  /** Whether a task in a write's answer has what every task has and the case beside it. */
  private static boolean isWhole(JsonNode row) {
    return row.hasNonNull("id")
        && row.hasNonNull("xid")
        && row.hasNonNull("name")
        && row.hasNonNull("status")
        && row.hasNonNull("required")
        && row.hasNonNull("workflowStep")
        && row.path("parentCase").isObject();
  }

  /**
   * A write's own answer serves if it shows the whole task as it was asked for and no status was:
   * of that step it was seen that the answer is success and the task is not moved. Everything else
   * is read again.
   */
  private Outcome<Written<Task>> seenAfter(
      long id, Map<FieldName, FieldValue> changes, Draft draft, Optional<Task> answered) {
    if (answered.isPresent()
        && !draft.parts().containsKey(FieldName.STATUS)
        && differences(answered.get(), changes, draft).equals(draft.refused())) {
      return Outcome.done(new Written<>(answered.get(), draft.refused()));
    }
    return tasks
        .read(id)
        .map(task -> new Written<>(task, differences(task, changes, draft)))
        .match(
            Outcome::done,
            refusal ->
                Outcome.refused(
                    refusal instanceof Refusal.Gone
                        ? refusal
                        : new Refusal.Unknown("written, but not read back: " + refusal.words())));
  }

  private static Map<FieldName, Refusal> differences(
      Task now, Map<FieldName, FieldValue> changes, Draft draft) {
    Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
    for (FieldName field : draft.parts().keySet()) {
      FieldValue asked = changes.getOrDefault(field, FieldValue.ABSENT);
      FieldValue is = value(now, field);
      if (!isDone(asked, is)) {
        refused.put(
            field,
            new Refusal.Rejected(
                Optional.of(field),
                Words.bounded(
                    "asked for "
                        + field
                        + " \""
                        + asked.shown()
                        + "\", answered with success, but task "
                        + now.id()
                        + " has \""
                        + is.shown()
                        + "\""
                        + because(now, field))));
      }
    }
    return refused;
  }

  private static String because(Task now, FieldName field) {
    return field.equals(FieldName.STATUS)
            && now.status() == TaskStatus.PENDING
            && now.dependentOn().isPresent()
        ? ": it waits for task " + now.dependentOn().getAsLong()
        : "";
  }

  private static boolean isDone(FieldValue asked, FieldValue is) {
    if (asked instanceof FieldValue.Choice wanted && is instanceof FieldValue.Choice status) {
      // Whether a closed task that is opened becomes Open or Reopened is the server's business.
      return status.isCalled(wanted.id())
          || (status.isCalled(TaskStatus.REOPENED.word())
              && wanted.isCalled(TaskStatus.OPEN.word()));
    }
    if (asked instanceof FieldValue.User wanted && is instanceof FieldValue.User user) {
      String name = wanted.id().isEmpty() ? wanted.email() : wanted.id();
      return name.equalsIgnoreCase(user.id());
    }
    if (asked instanceof FieldValue.Group wanted && is instanceof FieldValue.Group group) {
      return wanted.name().equals(group.name());
    }
    return asked.equals(is);
  }

  private static FieldValue value(Task task, FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return FieldValue.text(task.name());
    }
    if (field.equals(FieldName.DESCRIPTION)) {
      return FieldValue.text(task.description());
    }
    if (field.equals(FieldName.STATUS)) {
      return FieldValue.Choice.named(task.status().word());
    }
    if (field.equals(FieldName.ASSIGNEE)) {
      return task.assignee();
    }
    return task.dueDate().<FieldValue>map(FieldValue.Moment::new).orElse(FieldValue.ABSENT);
  }

  /**
   * Makes tasks. The server refuses a second task with the same xid, which is then read: one of an
   * earlier attempt, or of a time that is not remembered.
   */
  List<Outcome<MadeTask>> create(CreateTasks create) {
    return create.tasks().stream().map(this::create).toList();
  }

  private Outcome<MadeTask> create(NewTask wanted) {
    return drafts
        .of(wanted.fields())
        .then(
            draft ->
                draft.parts().containsKey(FieldName.TITLE)
                    ? create(wanted, draft)
                    : Outcome.refused(
                        draft
                            .refused()
                            .getOrDefault(
                                FieldName.TITLE,
                                new Refusal.Rejected(
                                    Optional.of(FieldName.TITLE), "a task needs a name"))));
  }

  private Outcome<MadeTask> create(NewTask wanted, Draft draft) {
    ObjectNode json = Envelope.JSON.createObjectNode();
    json.put("xid", wanted.xid()).put("caseId", wanted.caseId());
    draft
        .parts()
        .forEach(
            (field, part) -> {
              // What is to be empty is empty in a new task.
              if (!part.value().isNull() && !part.value().path("type").asText().equals("None")) {
                json.set(part.key(), part.value());
              }
            });
    Outcome<Envelope> created =
        moreFields.ofTasks(false).then(fields -> api.create(Kind.TASKS, json, fields));
    Optional<Refusal> refusal = created.refusal();
    if (refusal.isEmpty()) {
      Envelope answer = created.value().orElseThrow();
      Optional<Task> answered =
          answer.data().size() == 1 && isWhole(answer.data().get(0))
              ? tasks.one(answer, wanted.xid()).value()
              : Optional.empty();
      return answered.isPresent()
          ? seenAfter(answered.get().id(), wanted.fields(), draft, answered).map(MadeTask::made)
          : find(wanted, new Refusal.Unknown("created, but not read back"));
    }
    return refusal.get() instanceof Refusal.Rejected || refusal.get() instanceof Refusal.Unknown
        ? find(wanted, refusal.get())
        : Outcome.refused(caseIsMissing(wanted, refusal.get()));
  }

  /**
   * The answer to a creation was lost, or a refusal: if the xid is there, the task was made just
   * now, or it is why the server refused.
   */
  private Outcome<MadeTask> find(NewTask wanted, Refusal why) {
    return tasks
        .read(wanted.xid())
        .then(
            presence ->
                presence instanceof TaskPresence.Present present
                    ? Outcome.done(
                        new MadeTask(present.task(), Map.of(), why instanceof Refusal.Rejected))
                    : Outcome.refused(why));
  }

  /** A 404 to a creation is about the case: the task cannot be gone before it was there. */
  private static Refusal caseIsMissing(NewTask wanted, Refusal refusal) {
    return refusal instanceof Refusal.Gone gone
        ? new Refusal.Rejected(
            Optional.empty(),
            Words.bounded("case " + wanted.caseId() + " cannot be seen: " + gone.words()))
        : refusal;
  }
}
