package dev.taskbridge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.threatconnect.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What creating and updating have in common: the fields. */
abstract class TasksWriteCommand extends TasksApiCommand {
  static final String FIELD_HELP =
      "Such as status=Closed, dueDate=2031-04-05T10:30:00Z, required=true, assignee=user:NAME,"
          + " assignee=group:NAME. FIELD= clears, FIELD:=JSON takes JSON.";

  @Option(
      names = "--data",
      paramLabel = "JSON",
      description = "An object with fields; - reads it from stdin.")
  private String data = "";

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      description = "Further fields to show of the result.")
  private List<String> fields = new ArrayList<>();

  private ObjectNode object = TaskFields.read("", List.of());

  abstract List<String> pairs();

  @Override
  protected void check() {
    try {
      object = TaskFields.read(data.equals("-") ? stdin() : data, pairs());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (object.isEmpty()) {
      throw wrong("Name at least one field, such as name=\"Call the reporter\".");
    }
  }

  final ObjectNode object() {
    return object;
  }

  final List<String> fields() {
    return fields;
  }

  final void showWritten(Envelope answer) {
    if (answer.data().isEmpty()) {
      output().message("done; the answer does not show the task");
    }
    answer.data().forEach(this::show);
  }

  private static String stdin() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
