package dev.taskbridge.config.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code {{env:NAME}}} and {@code {{file:PATH}}} in the configuration's texts.
 *
 * @param environment the variables to look in
 * @param folder what a relative path is relative to: the folder of the configuration file
 */
record Placeholders(Map<String, String> environment, Path folder) {
  /** As JSON Schema and people see it. */
  static final String PATTERN = "\\{\\{(env|file):[^{}]+\\}\\}";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(env|file):([^{}]*)}}");

  /** A placeholder that gives nothing; the message says what to do. */
  static final class UnresolvedException extends Exception {
    private static final long serialVersionUID = 1;

    UnresolvedException(String message) {
      super(message);
    }
  }

  /** Whether {@code text} is one placeholder and nothing else. */
  static boolean isOne(String text) {
    return PLACEHOLDER.matcher(text.strip()).matches();
  }

  static boolean isIn(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  String resolve(String text) throws UnresolvedException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      String value = matcher.group(1).equals("env") ? variable(name) : content(name);
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String variable(String name) throws UnresolvedException {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new UnresolvedException(
          "the environment variable " + name + (value == null ? " is not set" : " is empty"));
    }
    return value;
  }

  private String content(String name) throws UnresolvedException {
    try {
      Path file = folder.resolve(name);
      // Editors and `echo` end a file with a line break that is no part of the secret.
      String value = Files.readString(file).stripTrailing();
      if (value.isBlank()) {
        throw new UnresolvedException("the file " + file + " is empty");
      }
      return value;
    } catch (IOException | InvalidPathException e) {
      throw new UnresolvedException("the file " + name + " cannot be read: " + reason(e));
    }
  }

  static String reason(Exception e) {
    return switch (e.getClass().getSimpleName()) {
      case "NoSuchFileException" -> "there is no such file";
      case "AccessDeniedException" -> "permission denied";
      case "MalformedInputException" -> "it is not UTF-8 text";
      default -> String.valueOf(e.getMessage());
    };
  }
}
