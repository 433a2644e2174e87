package dev.taskbridge.simulator.jira;

/** Something a field can be set to by id or by name. */
interface Named {
  /** Digits, as text. */
  String id();

  String name();
}
