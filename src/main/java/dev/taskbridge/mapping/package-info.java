/** One small, lawful two-way function for each mapped field. Pure: no I/O, no clock, no threads. */
@NullMarked
package dev.taskbridge.mapping;

import org.jspecify.annotations.NullMarked;
