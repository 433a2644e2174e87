package dev.taskbridge.config;

import dev.taskbridge.config.shape.Shape.Described;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every key as a table for {@code docs/configuration.md}. */
public final class ConfigReference {
  private static final List<String> HEADINGS =
      List.of(
          "syncs.<sync>.fields",
          "syncs.<sync>",
          "systems.<system>",
          "threatconnect",
          "store",
          "queue",
          "web");

  private ConfigReference() {}

  /** Markdown: one table for each part of the file, in the order of the file. */
  public static String markdown() {
    Map<String, List<Described>> byHeading = new LinkedHashMap<>();
    ConfigShape.of(Set.of())
        .describe(
            "",
            key ->
                byHeading
                    .computeIfAbsent(heading(key.path()), heading -> new ArrayList<>())
                    .add(key));
    StringBuilder markdown = new StringBuilder();
    byHeading.forEach(
        (heading, keys) -> {
          markdown.append(heading.isEmpty() ? "### The file\n\n" : "### `" + heading + "`\n\n");
          markdown.append("| key | accepts | left out | |\n|---|---|---|---|\n");
          keys.forEach(key -> markdown.append(row(heading, key)));
          markdown.append('\n');
        });
    return markdown.toString();
  }

  private static String heading(String path) {
    return HEADINGS.stream()
        .filter(heading -> path.startsWith(heading))
        .filter(heading -> path.length() > heading.length())
        .findFirst()
        .orElse("");
  }

  private static String row(String heading, Described key) {
    String below = key.path().substring(heading.length());
    String name = below.startsWith(".") ? below.substring(1) : below;
    return "| `"
        + name
        + "` | "
        + cell(key.value())
        + " | "
        + cell(key.when())
        + " | "
        + cell(key.doc())
        + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
