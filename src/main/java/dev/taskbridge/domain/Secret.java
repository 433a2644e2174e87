package dev.taskbridge.domain;

/**
 * A password, token or key. Shows itself to nobody by accident: printing it, or a record that holds
 * it, gives stars. Whoever needs the value says so by calling {@link #reveal()}.
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
