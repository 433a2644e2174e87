package dev.taskbridge.simulator.jira;

/**
 * @param level 1 for an epic, 0 for ordinary work, -1 for a sub-task: a parent is one level up
 */
record IssueType(String id, String name, int level) implements Named {
  boolean subtask() {
    return level < 0;
  }
}
