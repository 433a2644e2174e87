/** What the routes call: observe, look, create, merge, record. The shell around the decision. */
@NullMarked
package dev.taskbridge.engine;

import org.jspecify.annotations.NullMarked;
