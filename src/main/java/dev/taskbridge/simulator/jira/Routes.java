package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;

/** Where a group of operations puts its paths. */
interface Routes {
  /**
   * Serves {@code path}, which is relative to each version of the API, such as {@code issue/:id}.
   */
  void on(String method, String path, Access access, JiraOperation operation);

  /** What is done for one request that was let in. */
  @FunctionalInterface
  interface JiraOperation {
    Reply answer(Visit visit);
  }
}
