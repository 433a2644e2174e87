package dev.taskbridge.simulator.jira;

/**
 * @param inward how the target speaks of the source, such as "is blocked by"
 * @param outward how the source speaks of the target, such as "blocks"
 */
record LinkType(String id, String name, String inward, String outward) implements Named {}
