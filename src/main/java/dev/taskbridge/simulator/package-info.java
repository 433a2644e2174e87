/**
 * Simulators of ThreatConnect, Jira and ServiceNow: real HTTP servers on loopback that behave as
 * the products do, the awkward parts included. They know nothing of the rest of the program, so
 * that they cannot share its mistakes.
 */
@NullMarked
package dev.taskbridge.simulator;

import org.jspecify.annotations.NullMarked;
