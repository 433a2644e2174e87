/**
 * ServiceNow's Table and Batch API as a {@link dev.taskbridge.adapter.TicketSystem}: any table that
 * extends {@code task}. Facts of the API are marked <i>documented</i>, <i>seen</i> (on instances or
 * in runs of the Camel component) or <i>assumed</i>.
 *
 * <p>Two transports carry the record operations behind {@link
 * dev.taskbridge.adapter.servicenow.Records}; everything above it is the same for both.
 */
@NullMarked
package dev.taskbridge.adapter.servicenow;

import org.jspecify.annotations.NullMarked;
