package dev.taskbridge.simulator.jira;

/** A priority, a resolution or an option of a select field. */
record Choice(String id, String name) implements Named {}
