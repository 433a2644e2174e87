package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query of a list request: {@code sysparm_query} and bare {@code field=value} pairs. */
final class ListQuery {
  private ListQuery() {}

  /** One encoded query; pairs hold display values and are ANDed. Unknown names are dropped. */
  static String of(Instance instance, String table, Call call) {
    List<String> terms = new ArrayList<>();
    for (Map.Entry<String, String> parameter : call.query().entries()) {
      String name = parameter.getKey();
      if (!name.startsWith("sysparm_")) {
        FieldPath.of(instance, table, name)
            .ifPresent(path -> terms.add(pair(instance, table, name, path, parameter.getValue())));
      }
    }
    String query = call.queryParam("sysparm_query").orElse("");
    if (terms.isEmpty()) {
      return query;
    }
    String pairs = String.join("^", terms);
    return query.isEmpty() ? pairs : query + "^" + pairs;
  }

  private static String pair(
      Instance instance, String table, String name, FieldPath path, String value) {
    String escaped = value.replace("^", "^^");
    Field field = path.last();
    if (field.isReference() && instance.schema.has(field.reference())) {
      boolean isId = instance.find(field.reference(), value) != null;
      return isId || value.isEmpty()
          ? name + "=" + escaped
          : name + "." + instance.schema.displayField(field.reference()) + "=" + escaped;
    }
    Optional<String> stored =
        path.isDirect() ? instance.choices.valueOfLabel(table, name, value) : Optional.empty();
    return name + "=" + stored.orElse(escaped);
  }
}
