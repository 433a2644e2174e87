package dev.taskbridge.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.config.shape.Nearest;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders such as {@code ${case.name}}. */
final class TemplateShape implements Shape<String> {
  /** What can be said about a task; whoever fills a template knows the same names. */
  static final List<String> PLACEHOLDERS =
      List.of(
          "task.id",
          "task.xid",
          "task.name",
          "task.url",
          "task.phase",
          "task.step",
          "task.required",
          "case.id",
          "case.name",
          "case.severity",
          "case.status");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final Shape<String> TEXT = Scalars.text("a text, such as \"${case.name}\"");

  @Override
  public Optional<String> read(Reading at) {
    Optional<String> text = TEXT.read(at);
    boolean allKnown = true;
    Matcher matcher = PLACEHOLDER.matcher(text.orElse(""));
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!PLACEHOLDERS.contains(name)) {
        allKnown = false;
        at.problem(
            "${"
                + name
                + "} is not known"
                + Nearest.to(name, PLACEHOLDERS)
                    .map(near -> "; did you mean ${" + near + "}?")
                    .orElse("; known are " + String.join(", ", PLACEHOLDERS)));
      }
    }
    return allKnown ? text : Optional.empty();
  }

  @Override
  public String accepted() {
    return TEXT.accepted();
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "string").put("minLength", 1);
  }
}
