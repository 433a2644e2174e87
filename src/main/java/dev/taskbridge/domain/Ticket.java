package dev.taskbridge.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Jira issue or a ServiceNow record as last read.
 *
 * @param id immutable identity inside its system: Jira's numeric id, ServiceNow's sys_id
 * @param key what people call it, such as {@code SEC-12} or {@code INC0010001}; may change
 * @param url where people open it
 * @param updatedAt the system's own clock; ServiceNow has whole seconds
 * @param version how many changes were stored since it was made, where the system counts them
 *     (ServiceNow sys_mod_count), else {@link #UNCOUNTED}
 * @param idempotencyKeys the keys of ours that this ticket carries; normally one
 * @param closed whether the system counts it as done (Jira status category {@code done}, ServiceNow
 *     {@code active=false} or resolved)
 * @param fields by canonical name or the system's own field id; a field without a value is not in
 *     the map
 */
public record Ticket(
    String id,
    String key,
    String url,
    Instant updatedAt,
    long version,
    Set<IdempotencyKey> idempotencyKeys,
    boolean closed,
    Map<FieldName, FieldValue> fields) {

  /** The version of a ticket whose system does not count changes, as Jira does not. */
  public static final long UNCOUNTED = -1;

  public Ticket {
    idempotencyKeys = Set.copyOf(idempotencyKeys);
    fields = Map.copyOf(fields);
  }

  /** A ticket that does not exist yet: it holds nothing. */
  public static final Ticket NONE =
      new Ticket("", "", "", Instant.EPOCH, 0, Set.of(), false, Map.of());

  /** What {@code field} holds, {@link FieldValue#ABSENT} if nothing. */
  public FieldValue value(FieldName field) {
    return fields.getOrDefault(field, FieldValue.ABSENT);
  }

  /** This ticket with another value in {@code field}. */
  public Ticket with(FieldName field, FieldValue value) {
    Map<FieldName, FieldValue> changed = new HashMap<>(fields);
    if (value.equals(FieldValue.ABSENT)) {
      changed.remove(field);
    } else {
      changed.put(field, value);
    }
    return new Ticket(id, key, url, updatedAt, version, idempotencyKeys, closed, changed);
  }
}
