package dev.taskbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes: its result to stdout, everything else to stderr. Thread-safe; each call
 * is written at once and whole.
 */
public final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GAP = "  ";

  /** What a text is about; shown by colour on a terminal, by nothing elsewhere. */
  public enum Tone {
    GOOD("green"),
    BAD("red"),
    NOTE("yellow"),
    QUIET("faint"),
    STRONG("bold");

    private final String style;

    Tone(String style) {
      this.style = style;
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean colours;

  /**
   * @param json whether the result is for programs
   * @param colours whether stdout shows them
   */
  Output(PrintWriter out, PrintWriter err, boolean json, boolean colours) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.colours = colours && !json;
  }

  /** Whether the result is for programs: then {@link #json} once a result, and nothing else. */
  public boolean isJson() {
    return json;
  }

  /** A line of the result, for people. */
  public void line(String text) {
    write(out, text);
  }

  /**
   * A line of the result, for programs.
   *
   * @param value what Jackson can write: a map, a list, a record, a tree
   */
  public void json(Object value) {
    try {
      write(out, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be shown as JSON: " + value.getClass(), e);
    }
  }

  /** A message beside the result: progress, a warning, an error. */
  public void message(String text) {
    write(err, text);
  }

  /** {@code text} in the colour of {@code tone}, where there are colours. */
  public String toned(Tone tone, String text) {
    if (!colours || text.isEmpty()) {
      return text;
    }
    return Ansi.Style.on(Ansi.Style.parse(tone.style))
        + text
        + Ansi.Style.off(Ansi.Style.parse(tone.style));
  }

  /**
   * A table of the result, for people: columns as wide as their widest cell. Cells of one line
   * each; what a terminal would take as a command is taken out.
   *
   * @param rows each as long as {@code headings}
   */
  public void table(List<String> headings, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    rows.forEach(row -> lines.add(row.stream().map(Output::oneLine).toList()));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder shown = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        shown.append(line.get(column));
        if (column < line.size() - 1) {
          shown.append(" ".repeat(width(lines, column) - width(line.get(column)))).append(GAP);
        }
      }
      String whole = shown.toString().stripTrailing();
      text.append(line == headings ? toned(Tone.STRONG, whole) : whole).append('\n');
    }
    write(out, text.toString().stripTrailing());
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> width(line.get(column))).max().orElse(0);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** Titles and comments come from people: an escape sequence must not reach the terminal. */
  public static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "").strip();
  }

  private static void write(PrintWriter to, String text) {
    synchronized (to) {
      to.print(text + "\n");
      to.flush();
    }
  }
}
