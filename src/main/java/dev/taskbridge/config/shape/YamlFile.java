package dev.taskbridge.config.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML file on its way to becoming a value. */
public final class YamlFile {
  private YamlFile() {}

  /**
   * What reading gave.
   *
   * @param value empty if there are problems
   * @param problems in the order of the file
   */
  public record Read<T>(Optional<T> value, List<Problem> problems) {}

  /** Reads {@code file} as {@code shape}; whatever a person did wrong is among the problems. */
  public static <T> Read<T> read(Path file, Shape<T> shape, Map<String, String> environment) {
    List<Problem> problems = new ArrayList<>();
    Optional<T> value =
        compose(file, problems)
            .flatMap(
                root -> {
                  Path folder = file.toAbsolutePath().getParent();
                  return shape.read(
                      Reading.ofRoot(
                          file.toString(),
                          root,
                          new Placeholders(environment, folder == null ? file : folder),
                          problems));
                });
    Collections.sort(problems);
    return new Read<>(
        problems.isEmpty() ? value : Optional.empty(), problems.stream().distinct().toList());
  }

  /** The line of a key such as {@code syncs.soc.fields.status}, or of the nearest key above it. */
  public static int line(Path file, String path) {
    List<Problem> problems = new ArrayList<>();
    return compose(file, problems)
        .map(
            root ->
                Reading.ofRoot(file.toString(), root, new Placeholders(Map.of(), file), problems))
        .map(root -> root.nearest(path).line())
        .orElse(0);
  }

  /** The keys as one path, as problems show it. */
  public static String path(String... keys) {
    String path = "";
    for (String key : keys) {
      path = Reading.join(path, key);
    }
    return path;
  }

  private static Optional<Node> compose(Path file, List<Problem> problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setUseMarks(true)
            // An unquoted {{env:X}} is one: Reading knows what to say about it.
            .setAllowNonScalarKeys(true)
            .build();
    try {
      String text = Files.readString(file);
      // Windows editors put a byte order mark in front.
      Optional<Node> root =
          new Compose(settings).composeString(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (root.isEmpty()) {
        problems.add(new Problem(file.toString(), 0, "", "the file is empty"));
      }
      return root;
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(),
              0,
              "",
              "cannot be read: "
                  + (Files.isDirectory(file) ? "it is a folder" : Placeholders.reason(e))));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      problems.add(
          new Problem(
              file.toString(),
              mark.map(at -> at.getLine() + 1).orElse(0),
              "",
              "is not YAML: "
                  + sentence(e)
                  + mark.map(at -> " (column " + (at.getColumn() + 1) + ")").orElse("")));
    } catch (YamlEngineException e) {
      problems.add(
          new Problem(
              file.toString(), 0, "", "is not YAML: " + String.valueOf(e.getMessage()).strip()));
    }
    return Optional.empty();
  }

  private static String sentence(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem()).strip();
    return e.getContext() == null
        ? problem
        : e.getContext().strip().toLowerCase(Locale.ROOT)
            + e.getContextMark().map(mark -> " begun in line " + (mark.getLine() + 1)).orElse("")
            + ", "
            + problem;
  }
}
