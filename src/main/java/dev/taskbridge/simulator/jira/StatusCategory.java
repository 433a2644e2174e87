package dev.taskbridge.simulator.jira;

/** The fixed categories that statuses are sorted into; only the keys are stable across sites. */
enum StatusCategory {
  NEW(2, "new", "To Do", "blue-gray"),
  INDETERMINATE(4, "indeterminate", "In Progress", "yellow"),
  DONE(3, "done", "Done", "green");

  final int id;
  final String key;
  final String label;
  final String color;

  StatusCategory(int id, String key, String label, String color) {
    this.id = id;
    this.key = key;
    this.label = label;
    this.color = color;
  }

  /**
   * The category with that key.
   *
   * @throws IllegalArgumentException if there is none
   */
  static StatusCategory of(String key) {
    for (StatusCategory category : values()) {
      if (category.key.equals(key)) {
        return category;
      }
    }
    throw new IllegalArgumentException(
        "status category must be new, indeterminate or done, but was \"" + key + "\"");
  }
}
