package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Request targets and bodies of the Table API, version 2: there an empty list is 200 and not 404
 * (documented).
 */
final class TableApi {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE = "/api/now/v2/table/";
  private static final String UNRESERVED = "-._~";

  private TableApi() {}

  static String list(Records.Listing listing) {
    return TABLE
        + encode(listing.table())
        + "?sysparm_query="
        + encode(listing.query())
        + "&"
        + shape(listing.shape())
        + "&sysparm_limit="
        + listing.limit()
        + (listing.offset() > 0 ? "&sysparm_offset=" + listing.offset() : "")
        + (listing.counted() ? "" : "&sysparm_no_count=true")
        + "&sysparm_suppress_pagination_header=true";
  }

  static String one(String table, String sysId, Records.Shape shape) {
    return TABLE + encode(table) + "/" + encode(sysId) + "?" + shape(shape);
  }

  static String many(String table, Records.Shape shape) {
    return TABLE + encode(table) + "?" + shape(shape);
  }

  static String body(Map<String, String> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  private static String shape(Records.Shape shape) {
    return (shape.fields().isEmpty()
            ? ""
            : "sysparm_fields=" + encode(String.join(",", shape.fields())) + "&")
        + "sysparm_display_value="
        + (shape.labels() ? "all" : "false")
        + "&sysparm_exclude_reference_link=true";
  }

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%');
        encoded.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return encoded.toString();
  }
}
