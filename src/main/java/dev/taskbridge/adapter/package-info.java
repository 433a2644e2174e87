/**
 * ThreatConnect and the ticketing systems as the engine sees them. Each product's own words are
 * translated once, at this door.
 */
@NullMarked
package dev.taskbridge.adapter;

import org.jspecify.annotations.NullMarked;
