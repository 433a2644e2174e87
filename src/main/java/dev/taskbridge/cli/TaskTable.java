package dev.taskbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How tasks look in tables. */
final class TaskTable {
  private static final List<String> COLUMNS =
      List.of("id", "xid", "status", "dueDate", "assignee", "name");

  private TaskTable() {}

  /**
   * @param more further fields that were asked for
   */
  static List<String> columns(List<String> more) {
    List<String> columns = new ArrayList<>(COLUMNS);
    more.stream().filter(field -> !columns.contains(field)).forEach(columns::add);
    return columns;
  }

  static List<String> headings(List<String> columns) {
    return columns.stream()
        .map(column -> column.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT))
        .toList();
  }

  static List<String> row(JsonNode task, List<String> columns) {
    return columns.stream().map(column -> cell(task.path(column))).toList();
  }

  /** A value in one cell: people and lists by what names them, all else as it is. */
  static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isValueNode()) {
      return value.asText();
    }
    if (value.has("data")) {
      return cell(value.path("data"));
    }
    for (String name : List.of("userName", "name", "summary", "text")) {
      if (value.path(name).isTextual()) {
        return value.path(name).asText();
      }
    }
    if (value.isArray()) {
      List<String> cells = new ArrayList<>();
      value.forEach(item -> cells.add(cell(item)));
      return String.join(", ", cells);
    }
    return value.toString();
  }
}
