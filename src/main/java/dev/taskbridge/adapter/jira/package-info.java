/**
 * Jira Cloud (REST v3) and Jira Data Center (REST v2) behind the ticket system contract. Here, and
 * only here, a ticket is called an issue.
 */
@NullMarked
package dev.taskbridge.adapter.jira;

import org.jspecify.annotations.NullMarked;
