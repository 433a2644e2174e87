package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How records look in answers: which fields, which shape. */
record RecordView(
    Instance instance,
    Session session,
    String linkBase,
    Shape shape,
    boolean links,
    List<String> fields) {

  /** {@code sysparm_display_value}. */
  enum Shape {
    STORED,
    SHOWN,
    BOTH
  }

  /**
   * What the call's parameters ask for.
   *
   * @param linkBase what comes before the table in links, such as {@code
   *     http://127.0.0.1:8103/api/now/table/}
   */
  static RecordView asked(Instance instance, Session session, String linkBase, Call call) {
    String display = call.queryParam("sysparm_display_value").orElse("false");
    Shape shape =
        display.equalsIgnoreCase("all")
            ? Shape.BOTH
            : display.equalsIgnoreCase("true") ? Shape.SHOWN : Shape.STORED;
    boolean links =
        !call.queryParam("sysparm_exclude_reference_link").orElse("false").equalsIgnoreCase("true");
    List<String> fields =
        call.queryParam("sysparm_fields").map(RecordView::names).orElseGet(List::of);
    return new RecordView(instance, session, linkBase, shape, links, fields);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** The record as JSON: every field, or those asked for that exist. */
  JsonObject json(String table, Row row) {
    Set<String> unreadable = Access.unreadableFields(instance, session, row.table());
    Map<String, Object> json = new LinkedHashMap<>();
    if (fields.isEmpty()) {
      for (Field field : instance.schema.fields(table).values()) {
        if (!unreadable.contains(field.name())) {
          json.put(field.name(), value(row, field));
        }
      }
    } else {
      for (String name : fields) {
        Optional<FieldPath> path = FieldPath.of(instance, table, name);
        if (path.isPresent() && !unreadable.contains(name)) {
          Row holder = path.get().holder(row);
          json.put(name, holder == null ? none() : value(holder, path.get().last()));
        }
      }
    }
    return new JsonObject(json);
  }

  private Object none() {
    return shape == Shape.BOTH ? Map.of("display_value", "", "value", "") : "";
  }

  private Object value(Row row, Field field) {
    if (field.isJournal()) {
      return journal(row, field);
    }
    String stored = row.get(field.name());
    if (field.isReference() && !stored.isEmpty()) {
      return reference(stored, field);
    }
    return switch (shape) {
      case STORED -> stored;
      case SHOWN -> shown(row, field, stored);
      case BOTH -> pair(shown(row, field, stored), stored);
    };
  }

  private Object journal(Row row, Field field) {
    if (shape == Shape.STORED) {
      return "";
    }
    String history = Journals.history(instance, session, row, field);
    return shape == Shape.SHOWN ? history : pair(history, "");
  }

  private Object reference(String id, Field field) {
    String link = linkBase + field.reference() + "/" + id;
    if (shape == Shape.STORED) {
      return links ? ordered("link", link, "value", id) : id;
    }
    Row target =
        instance.schema.has(field.reference()) ? instance.find(field.reference(), id) : null;
    String name = target == null ? "" : instance.display(target);
    if (shape == Shape.SHOWN) {
      return links ? ordered("display_value", name, "link", link) : name;
    }
    Map<String, Object> both = pair(name, id);
    if (links) {
      both.put("link", link);
    }
    return both;
  }

  private String shown(Row row, Field field, String stored) {
    if (stored.isEmpty()) {
      return "";
    }
    if (field.isDateTime()) {
      return Times.shown(stored, session.zone(), session.dateFormat());
    }
    if (field.type().equals("sys_class_name")) {
      return instance.schema.has(stored) ? instance.schema.table(stored).label() : stored;
    }
    if (field.type().equals("glide_list")) {
      return list(stored);
    }
    return instance.choices.label(row.table(), field.name(), stored);
  }

  private String list(String stored) {
    List<String> names = new ArrayList<>();
    for (String id : stored.split(",")) {
      Row user = instance.find("sys_user", id);
      names.add(user == null ? id : instance.display(user));
    }
    return String.join(", ", names);
  }

  private static Map<String, Object> pair(String shown, String stored) {
    return ordered("display_value", shown, "value", stored);
  }

  private static Map<String, Object> ordered(
      String key1, String value1, String key2, String value2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key1, value1);
    map.put(key2, value2);
    return map;
  }
}
