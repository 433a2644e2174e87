package dev.taskbridge.cli;

import dev.taskbridge.config.ConfigSchema;
import picocli.CommandLine.Command;

/** Prints the configuration's JSON Schema. */
@Command(name = "schema", description = "Print the configuration's JSON Schema.")
final class SchemaCommand extends TaskbridgeCommand {
  @Override
  protected Exit run() {
    output().line(ConfigSchema.json(RouteFiles.otherKinds()).strip());
    return Exit.DONE;
  }
}
