/**
 * TQL, the query language of the ThreatConnect v3 API: reading, printing, checking and composing
 * queries. Depends on nothing else of the project.
 *
 * <p>{@link dev.taskbridge.tql.Tql} is the door. The grammar is {@code TqlGrammar.g4}; what the
 * parameters are is in {@link dev.taskbridge.tql.TqlObject}.
 */
@NullMarked
package dev.taskbridge.tql;

import org.jspecify.annotations.NullMarked;
