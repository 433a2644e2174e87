package dev.taskbridge.simulator.jira;

/**
 * Who may see a comment.
 *
 * @param type {@code group} or {@code role}
 */
record Visibility(String type, String value) {}
