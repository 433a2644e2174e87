package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;

/** What one REST resource does with a request that was let in. */
@FunctionalInterface
interface ApiOperation {
  Reply answer(ApiCall call);
}
