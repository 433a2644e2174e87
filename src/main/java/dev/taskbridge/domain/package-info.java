/** The words of the product as values: tasks, tickets, links, and what may be said about them. */
@NullMarked
package dev.taskbridge.domain;

import org.jspecify.annotations.NullMarked;
