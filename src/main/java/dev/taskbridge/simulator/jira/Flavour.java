package dev.taskbridge.simulator.jira;

/** Which of the two Jira products the simulator plays. */
public enum Flavour {
  CLOUD,
  DATA_CENTER;

  /**
   * The flavour that people call {@code cloud} or {@code dc} on the command line.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static Flavour of(String word) {
    return switch (word) {
      case "cloud" -> CLOUD;
      case "dc" -> DATA_CENTER;
      default ->
          throw new IllegalArgumentException(
              "flavour must be cloud or dc, but was \"" + word + "\"");
    };
  }
}
