/** What the web server answers. */
@NullMarked
package dev.taskbridge.web;

import org.jspecify.annotations.NullMarked;
