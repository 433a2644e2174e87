/**
 * The configuration as typed records, and the one description of its keys that the loader, the JSON
 * Schema and the reference page are made from.
 */
@NullMarked
package dev.taskbridge.config;

import org.jspecify.annotations.NullMarked;
