/**
 * What values in a YAML file may look like: each {@link dev.taskbridge.config.shape.Shape} reads a
 * value, explains what it would accept, and describes itself to editors and to the documentation.
 * Nothing here knows which keys Taskbridge has.
 */
@NullMarked
package dev.taskbridge.config.shape;

import org.jspecify.annotations.NullMarked;
