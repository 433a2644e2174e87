package dev.taskbridge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command as a person or a script runs it, without a process of its own. */
public record Console(int exit, String out, String err) {
  public static Console run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.execute(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Console(exit, out.toString(), err.toString());
  }
}
