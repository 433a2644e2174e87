package dev.taskbridge.simulator.jira;

/** How rich text travels: as wiki markup in version 2, as a document (ADF) in version 3. */
enum ApiVersion {
  V2,
  V3
}
