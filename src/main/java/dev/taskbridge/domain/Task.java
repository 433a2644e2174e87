package dev.taskbridge.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A ThreatConnect Workflow Task as last read.
 *
 * @param id assigned by the server; used in paths
 * @param xid the identity that everything hangs on
 * @param description empty when there is none; Markdown
 * @param dueDate whole seconds
 * @param assignee a {@link FieldValue.User} (id is the user name), a {@link FieldValue.Group}, or
 *     {@link FieldValue#ABSENT}
 * @param dependentOn the id of the task that must be closed first
 * @param phase the workflow phase; older servers count from 0
 * @param parentCase the case this task is a step of
 * @param artifacts empty unless asked for
 * @param url where the API shows this task
 */
public record Task(
    long id,
    String xid,
    String name,
    String description,
    TaskStatus status,
    boolean required,
    Optional<Instant> dueDate,
    FieldValue assignee,
    OptionalLong dependentOn,
    int phase,
    int step,
    ParentCase parentCase,
    List<Artifact> artifacts,
    String url) {

  public Task {
    artifacts = List.copyOf(artifacts);
  }

  /**
   * What a task inherits from its case.
   *
   * @param severity Low, Medium, High or Critical; empty if the server did not say
   * @param lastUpdated the case's clock; whether a task's change moves it is not documented
   */
  public record ParentCase(
      long id, String name, String severity, String status, Optional<Instant> lastUpdated) {}

  /** A piece of evidence on a task. */
  public record Artifact(long id, String type, String summary) {}

  public Task withArtifacts(List<Artifact> newArtifacts) {
    return new Task(
        id,
        xid,
        name,
        description,
        status,
        required,
        dueDate,
        assignee,
        dependentOn,
        phase,
        step,
        parentCase,
        newArtifacts,
        url);
  }

  public Task withName(String newName) {
    return new Task(
        id,
        xid,
        newName,
        description,
        status,
        required,
        dueDate,
        assignee,
        dependentOn,
        phase,
        step,
        parentCase,
        artifacts,
        url);
  }

  public Task withDescription(String newDescription) {
    return new Task(
        id,
        xid,
        name,
        newDescription,
        status,
        required,
        dueDate,
        assignee,
        dependentOn,
        phase,
        step,
        parentCase,
        artifacts,
        url);
  }

  public Task withStatus(TaskStatus newStatus) {
    return new Task(
        id,
        xid,
        name,
        description,
        newStatus,
        required,
        dueDate,
        assignee,
        dependentOn,
        phase,
        step,
        parentCase,
        artifacts,
        url);
  }

  public Task withDueDate(Optional<Instant> newDueDate) {
    return new Task(
        id,
        xid,
        name,
        description,
        status,
        required,
        newDueDate,
        assignee,
        dependentOn,
        phase,
        step,
        parentCase,
        artifacts,
        url);
  }

  public Task withAssignee(FieldValue newAssignee) {
    return new Task(
        id,
        xid,
        name,
        description,
        status,
        required,
        dueDate,
        newAssignee,
        dependentOn,
        phase,
        step,
        parentCase,
        artifacts,
        url);
  }

  /**
   * This task as it is once {@code value} is written into {@code field}.
   *
   * @throws IllegalArgumentException if a task has no such field, or it cannot hold the value
   */
  public Task with(FieldName field, FieldValue value) {
    if (field.equals(FieldName.TITLE) && value instanceof FieldValue.Text text) {
      return withName(text.text());
    }
    if (field.equals(FieldName.DESCRIPTION)) {
      return withDescription(value instanceof FieldValue.Text text ? text.text() : "");
    }
    if (field.equals(FieldName.STATUS) && value instanceof FieldValue.Choice choice) {
      return withStatus(
          TaskStatus.ofWord(choice.id())
              .orElseThrow(() -> new IllegalArgumentException("no task status is " + choice.id())));
    }
    if (field.equals(FieldName.DUE_DATE)) {
      return withDueDate(
          value instanceof FieldValue.Moment moment
              ? Optional.of(moment.instant())
              : Optional.empty());
    }
    if (field.equals(FieldName.ASSIGNEE)) {
      return withAssignee(value);
    }
    throw new IllegalArgumentException("a task cannot hold " + value + " as its " + field);
  }
}
