package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;

/** The Aggregate API: counts, sums and the like over a query, grouped or not. */
final class AggregateApi {
  private final Instance instance;

  AggregateApi(Instance instance) {
    this.instance = instance;
  }

  void serve(ApiRoutes routes) {
    routes.add("GET", "/stats/:table", this::stats);
  }

  private Reply stats(ApiCall call) {
    String table = call.param("table");
    if (!instance.hasTable(table)) {
      throw Errors.invalidTable(table);
    }
    Set<String> hidden = Access.hiddenRows(instance, call.session(), table);
    List<Row> rows =
        RowSearch.of(instance, table, ListQuery.of(instance, table, call.call()), call.session())
            .run()
            .stream()
            .filter(row -> !hidden.contains(row.sysId()))
            .toList();
    List<FieldPath> groups =
        names(call, "sysparm_group_by").stream()
            .flatMap(name -> FieldPath.of(instance, table, name).stream())
            .toList();
    if (groups.isEmpty()) {
      return Reply.json(200, result(new JsonObject().put("stats", figures(call, table, rows))));
    }
    Map<List<String>, List<Row>> byGroup = new LinkedHashMap<>();
    for (Row row : rows) {
      byGroup
          .computeIfAbsent(
              groups.stream().map(path -> path.value(row)).toList(), key -> new ArrayList<>())
          .add(row);
    }
    JsonArray result = new JsonArray();
    byGroup.forEach(
        (key, members) ->
            result.add(
                new JsonObject()
                    .put("stats", figures(call, table, members))
                    .put("groupby_fields", groupFields(call, groups, members.get(0)))));
    return Reply.json(200, result(result));
  }

  private static JsonObject result(Object value) {
    return new JsonObject().put("result", value);
  }

  private JsonArray groupFields(ApiCall call, List<FieldPath> groups, Row member) {
    String shape = call.query("sysparm_display_value", "false");
    JsonArray fields = new JsonArray();
    for (FieldPath path : groups) {
      String value = path.value(member);
      Row holder = path.holder(member);
      String shown =
          path.last().isReference() || holder == null
              ? path.text(member)
              : instance.choices.label(holder.table(), path.last().name(), value);
      JsonObject field = new JsonObject().put("field", dotted(path));
      if (!shape.equalsIgnoreCase("true")) {
        field.put("value", value);
      }
      if (!shape.equalsIgnoreCase("false")) {
        field.put(shape.equalsIgnoreCase("true") ? "value" : "display_value", shown);
      }
      fields.add(field);
    }
    return fields;
  }

  private static String dotted(FieldPath path) {
    return String.join(".", path.fields().stream().map(Field::name).toList());
  }

  private JsonObject figures(ApiCall call, String table, List<Row> rows) {
    JsonObject stats = new JsonObject();
    if (call.isSet("sysparm_count")) {
      stats.put("count", String.valueOf(rows.size()));
    }
    for (String kind : List.of("avg", "min", "max", "sum")) {
      JsonObject figures = new JsonObject();
      for (String name : names(call, "sysparm_" + kind + "_fields")) {
        FieldPath.of(instance, table, name)
            .ifPresent(path -> figures.put(name, figure(kind, path, rows)));
      }
      if (!figures.isEmpty()) {
        stats.put(kind, figures);
      }
    }
    return stats;
  }

  private static String figure(String kind, FieldPath path, List<Row> rows) {
    LongSummaryStatistics numbers =
        rows.stream()
            .flatMapToLong(row -> Numbers.parse(path.value(row)).stream())
            .summaryStatistics();
    if (numbers.getCount() == 0) {
      return "";
    }
    return switch (kind) {
      case "min" -> String.valueOf(numbers.getMin());
      case "max" -> String.valueOf(numbers.getMax());
      case "sum" -> String.valueOf(numbers.getSum());
      default ->
          BigDecimal.valueOf(numbers.getSum())
              .divide(BigDecimal.valueOf(numbers.getCount()), 4, RoundingMode.HALF_UP)
              .toPlainString();
    };
  }

  private static List<String> names(ApiCall call, String parameter) {
    return Arrays.stream(call.query(parameter, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
