package dev.taskbridge.simulator.jira;

/** {@code source} {@code type.outward()} {@code target}, such as "10001 blocks 10002". */
record IssueLink(long id, LinkType type, long source, long target) {}
