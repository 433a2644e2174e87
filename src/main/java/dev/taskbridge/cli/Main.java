package dev.taskbridge.cli;

/** The program's entry: see {@code ./taskbridge --help}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("taskbridge");
  }
}
