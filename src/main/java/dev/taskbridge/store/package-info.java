/**
 * The links and all that must survive a crash, over JDBC, in SQL that SQLite and PostgreSQL run.
 */
@NullMarked
package dev.taskbridge.store;

import org.jspecify.annotations.NullMarked;
