package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;

/** Deletes an issue for good; Jira keeps no tombstone of it (documented). */
final class Deletion {
  private Deletion() {}

  /**
   * Deletes one issue, but not its sub-tasks: an issue that has some is refused in Jira's words,
   * for they are somebody's work that no task knows of.
   */
  static Outcome<String> delete(InScope in, String issueId) {
    JiraClient.Reply reply =
        in.client().ask(Http.Request.absolute("deleteIssue", "DELETE", in.issue(issueId, ""), ""));
    if (reply instanceof JiraClient.Failed failed && failed.status() != 404) {
      return Outcome.refused(failed.refusal());
    }
    return Outcome.done(issueId);
  }
}
