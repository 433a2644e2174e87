package dev.taskbridge.mapping;

import dev.taskbridge.domain.Task;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a configured text may say about a task, such as {@code ${case.name}}. */
public final class Placeholders {
  /** Each placeholder's name and what it stands for. */
  public static final Map<String, Function<Task, String>> KNOWN =
      Map.ofEntries(
          Map.entry("task.id", task -> String.valueOf(task.id())),
          Map.entry("task.xid", Task::xid),
          Map.entry("task.name", Task::name),
          Map.entry("task.url", Task::url),
          Map.entry("task.phase", task -> String.valueOf(task.phase())),
          Map.entry("task.step", task -> String.valueOf(task.step())),
          Map.entry("task.required", task -> String.valueOf(task.required())),
          Map.entry("case.id", task -> String.valueOf(task.parentCase().id())),
          Map.entry("case.name", task -> task.parentCase().name()),
          Map.entry("case.severity", task -> task.parentCase().severity()),
          Map.entry("case.status", task -> task.parentCase().status()));

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private Placeholders() {}

  /** {@code template} with each placeholder's value in its place; unknown ones say nothing. */
  static String fill(String template, Task task) {
    return filled(template, name -> value(name, task));
  }

  /** The address that {@code template} makes for a task: what is said of it is percent-encoded. */
  public static String address(String template, Task task) {
    return filled(
        template, name -> name.equals("task.url") ? task.url() : encoded(value(name, task)));
  }

  private static String value(String name, Task task) {
    return KNOWN.getOrDefault(name, unknown -> "").apply(task);
  }

  private static String filled(String template, UnaryOperator<String> said) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(said.apply(found.group(1))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The placeholders in {@code template}, in its order. */
  static List<String> in(String template) {
    return PLACEHOLDER.matcher(template).results().map(found -> found.group(1)).toList();
  }

  /** {@code template} without its placeholders. */
  static String literal(String template) {
    return PLACEHOLDER.matcher(template).replaceAll("");
  }

  /** A regular expression for whatever {@link #fill} can make of {@code template}. */
  static String pattern(String template) {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    for (MatchResult found : PLACEHOLDER.matcher(template).results().toList()) {
      pattern.append(Pattern.quote(template.substring(from, found.start()))).append(".*");
      from = found.end();
    }
    return pattern.append(Pattern.quote(template.substring(from))).toString();
  }
}
