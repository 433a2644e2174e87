package dev.taskbridge.config.shape;

/**
 * Something a person has to put right in a configuration file.
 *
 * @param file as the person named it
 * @param line counted from 1; 0 if the problem belongs to the file as a whole
 * @param path the key, such as {@code syncs.soc.fields.status.direction}; empty for the file
 * @param message what is wrong and what would be accepted; never a secret
 */
public record Problem(String file, int line, String path, String message)
    implements Comparable<Problem> {

  /** {@code file:line path: message}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (path.isEmpty() ? "" : " " + path)
        + ": "
        + message;
  }

  /** In the order of the file. */
  @Override
  public int compareTo(Problem other) {
    return line != other.line ? Integer.compare(line, other.line) : path.compareTo(other.path);
  }
}
