package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import java.util.List;
import java.util.Map;

/**
 * The record operations of the Table API, whatever carries them. Nothing here judges an answer: the
 * status, the headers and the body come back as they were on the wire. There is no delete: the
 * bridge never deletes a record. Thread-safe.
 */
public interface Records {

  /**
   * What is wanted of each record. References come without their link.
   *
   * @param fields column names, dot-walks included; none asks for every column
   * @param labels whether each value comes with its label
   */
  record Shape(List<String> fields, boolean labels) {
    public Shape {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Asks for records.
   *
   * @param query an encoded query, not yet percent-encoded; see {@link Query}
   * @param counted whether {@code X-Total-Count} is wanted, which costs the server a count
   */
  record Listing(String table, String query, Shape shape, int limit, int offset, boolean counted) {}

  Http.Answer list(Listing listing);

  Http.Answer one(String table, String sysId, Shape shape);

  /** Inserts a record; not to be repeated unless the answer says that nothing was inserted. */
  Http.Answer create(String table, Map<String, String> values, Shape shape);

  /** Sets some columns to absolute values; the empty text clears. */
  Http.Answer update(String table, String sysId, Map<String, String> values, Shape shape);
}
