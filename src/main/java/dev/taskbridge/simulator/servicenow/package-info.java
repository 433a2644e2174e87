/**
 * A simulated ServiceNow instance.
 *
 * <p>Reading order: {@link dev.taskbridge.simulator.servicenow.ServiceNowSimulator} is the door;
 * {@code Trap} lists every awkward habit and its switch; {@code Instance} holds the tables; {@code
 * TableApi} and its neighbours are the REST APIs; {@code RecordWriter} with the rules beside it is
 * what happens on a write.
 */
@NullMarked
package dev.taskbridge.simulator.servicenow;

import org.jspecify.annotations.NullMarked;
