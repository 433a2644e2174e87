/**
 * ThreatConnect's v3 API as far as Workflow Tasks reach: tasks, cases, notes, artifacts, timeline,
 * users, groups and owners, over HTTP with the real authentication.
 */
@NullMarked
package dev.taskbridge.simulator.threatconnect;

import org.jspecify.annotations.NullMarked;
