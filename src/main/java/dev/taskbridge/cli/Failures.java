package dev.taskbridge.cli;

import dev.taskbridge.log.KnownSecrets;
import dev.taskbridge.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a person sees of an exception that ended the program. */
final class Failures {
  private Failures() {}

  static void show(Exception failure, CommandLine command, boolean verbose) {
    PrintWriter err = command.getErr();
    String what =
        failure instanceof StoreException
            ? String.valueOf(failure.getMessage())
            : "Taskbridge failed, which is a bug: " + failure;
    err.println(KnownSecrets.mask(what));
    if (verbose) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      err.println(KnownSecrets.mask(trace.toString()));
    } else if (!(failure instanceof StoreException)) {
      err.println("With -v it says where.");
    }
    err.flush();
  }
}
