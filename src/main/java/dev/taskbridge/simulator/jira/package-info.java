/**
 * A simulated Jira, Cloud or Data Center, over real HTTP. One model serves both; what differs is in
 * {@code Flavour}, {@code ApiVersion} and the views. Each trap of the product that can be turned on
 * or off is a line in {@code Switch}.
 */
@NullMarked
package dev.taskbridge.simulator.jira;

import org.jspecify.annotations.NullMarked;
