package dev.taskbridge.engine;

import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import java.time.Duration;

/**
 * An edit that has reached the other side.
 *
 * @param to the side that was written
 * @param after how long after the record's own clock said that it was edited; never negative. The
 *     clocks of the systems need not agree with ours, and a task has only that of its case.
 */
public record Carried(LinkKey link, Side to, Duration after) {}
