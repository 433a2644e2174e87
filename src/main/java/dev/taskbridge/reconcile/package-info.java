/**
 * The decision: base × task × ticket gives a plan. Pure: no I/O, no clock of its own, no threads.
 */
@NullMarked
package dev.taskbridge.reconcile;

import org.jspecify.annotations.NullMarked;
