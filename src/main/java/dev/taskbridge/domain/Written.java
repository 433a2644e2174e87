package dev.taskbridge.domain;

import java.util.Map;

/**
 * What is there after a write, which may differ from what was asked.
 *
 * @param now the record as its system then reports it
 * @param refused the fields that were asked for and not done, each with the system's words; the
 *     other fields of the same write may well have been done
 */
public record Written<T>(T now, Map<FieldName, Refusal> refused) {
  public Written {
    refused = Map.copyOf(refused);
  }
}
