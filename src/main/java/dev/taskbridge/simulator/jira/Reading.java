package dev.taskbridge.simulator.jira;

import org.jspecify.annotations.Nullable;

/**
 * What is known while a field's value is read.
 *
 * @param project where the issue is or will be
 * @param issue null while it is being created
 */
record Reading(
    Site site,
    ApiVersion version,
    Problems problems,
    Field field,
    Project project,
    @Nullable Issue issue) {

  /** Notes a problem of this field; gives null, so that a reader can return it. */
  @Nullable Object refuse(Wording wording, String... values) {
    problems.field(field.id(), wording, values);
    return null;
  }
}
