/**
 * What keeps secrets out of the logs, whoever writes them: the encoders ask here before a line
 * leaves the process.
 */
@NullMarked
package dev.taskbridge.log;

import org.jspecify.annotations.NullMarked;
