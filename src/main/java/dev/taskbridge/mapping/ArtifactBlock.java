package dev.taskbridge.mapping;

import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.Artifact;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A task's artifacts as lines at the end of a ticket's description. Defanged, they can be read and
 * neither clicked nor resolved by accident.
 */
public enum ArtifactBlock {
  /** Artifacts are not carried. */
  NONE,
  DEFANGED,
  /** As they are, for those who asked for it. */
  LIVE;

  private static final String HEAD = "Artifacts in ThreatConnect:";
  private static final Pattern BLOCK =
      Pattern.compile("(?s)(?:^|\\n\\n)" + Pattern.quote(HEAD) + "\\n(?:- [^\\n]*(?:\\n|$))*\\s*$");
  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(h)tt(ps?)(?=://)");
  private static final Pattern DOT = Pattern.compile("(?<=[^\\s.])\\.(?=[^\\s.])");

  /** The lines with the blank line before them; empty if there is nothing to list. */
  String of(Task task) {
    if (this == NONE || task.artifacts().isEmpty()) {
      return "";
    }
    return "\n\n"
        + HEAD
        + "\n"
        + task.artifacts().stream()
            .sorted(Comparator.comparingLong(Artifact::id))
            .map(artifact -> "- " + artifact.type() + ": " + shown(artifact.summary()))
            .collect(Collectors.joining("\n"));
  }

  private String shown(String summary) {
    String line = summary.replaceAll("\\s+", " ").strip();
    return this == LIVE ? line : defanged(line);
  }

  /** {@code http} becomes {@code hxxp}, dots and at signs are put in brackets. */
  static String defanged(String indicator) {
    String text = SCHEME.matcher(indicator).replaceAll("$1xx$2");
    return DOT.matcher(text).replaceAll("[.]").replace("@", "[@]").replace("://", "[://]");
  }

  /** The block at the end of a text, empty if there is none. */
  static String in(String text) {
    var matcher = BLOCK.matcher(text);
    return matcher.find() ? matcher.group().strip() : "";
  }

  /** The text before its block. */
  static String without(String text) {
    return BLOCK.matcher(text).replaceFirst("").strip();
  }
}
