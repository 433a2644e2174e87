/**
 * ThreatConnect's v3 API: {@link dev.taskbridge.adapter.threatconnect.ThreatConnectApi} speaks it,
 * {@link dev.taskbridge.adapter.threatconnect.ThreatConnectSource} translates it.
 */
@NullMarked
package dev.taskbridge.adapter.threatconnect;

import org.jspecify.annotations.NullMarked;
