/**
 * The commands, one class each, and what they share: options, exit codes, output.
 *
 * <p>A new command extends {@link dev.taskbridge.cli.ConfiguredCommand} (or {@link
 * dev.taskbridge.cli.TaskbridgeCommand} if it needs no configuration) and is named in {@link
 * dev.taskbridge.cli.Main}.
 */
@NullMarked
package dev.taskbridge.cli;

import org.jspecify.annotations.NullMarked;
