package dev.taskbridge.cli;

import picocli.CommandLine.Command;

/** The Tasks API by hand. */
@Command(
    name = "tasks",
    description = "Use ThreatConnect's Tasks API by hand.",
    subcommands = {
      TasksListCommand.class,
      TasksGetCommand.class,
      TasksCreateCommand.class,
      TasksUpdateCommand.class,
      TasksDeleteCommand.class,
      TasksFieldsCommand.class,
      TasksTqlCommand.class,
    })
final class TasksCommand extends TaskbridgeCommand {
  @Override
  protected Exit run() {
    throw wrong("Name what to do: list, get, create, update, delete, fields or tql.");
  }
}
