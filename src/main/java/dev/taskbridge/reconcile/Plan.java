package dev.taskbridge.reconcile;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.reconcile.FieldDecision.Write;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What would bring a link into agreement: absolute writes, and what stops some of them. */
public record Plan(LinkKey link, Map<FieldName, FieldDecision> decisions) {

  public Plan {
    decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
  }

  /** The values to be written on one side; empty if nothing is to be written there. */
  public Map<FieldName, FieldValue> writes(Side to) {
    Map<FieldName, FieldValue> writes = new LinkedHashMap<>();
    decisions.forEach(
        (field, decision) -> {
          if (decision instanceof Write write && write.to() == to) {
            writes.put(field, write.value());
          }
        });
    return writes;
  }

  public boolean writesTo(Side side) {
    return decisions.values().stream()
        .anyMatch(decision -> decision instanceof Write write && write.to() == side);
  }

  public boolean writesNothing() {
    return !writesTo(Side.TASK) && !writesTo(Side.TICKET);
  }
}
