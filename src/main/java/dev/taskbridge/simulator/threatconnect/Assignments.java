package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Reads the assignee of a write. */
final class Assignments {
  private final World world;
  private final Switches switches;

  Assignments(World world, Switches switches) {
    this.world = world;
    this.switches = switches;
  }

  /**
   * Whom the body names; empty for {@code {"type":"None"}}, which clears.
   *
   * @throws ReplyException 400 if nobody is meant (assumed; the documentation does not say)
   */
  Optional<Assignee> read(Body body) {
    JsonObject assignee = body.object("assignee").orElseThrow(() -> invalid(body));
    Body data =
        new Body(
            new Body(assignee, body.noun()).object("data").orElseGet(JsonObject::new), body.noun());
    return switch (String.valueOf(assignee.getValue("type"))) {
      case "User" -> Optional.of(user(data).orElseThrow(() -> invalid(body)));
      case "Group" -> Optional.of(group(data).orElseThrow(() -> invalid(body)));
      case "None" -> {
        if (!switches.on(Toggle.ASSIGNEE_NONE)) {
          throw invalid(body);
        }
        yield Optional.empty();
      }
      default -> throw invalid(body);
    };
  }

  private Optional<Assignee> user(Body data) {
    return data.has("userName")
        ? data.text("userName", 0, Integer.MAX_VALUE)
            .flatMap(world::userByName)
            .map(Assignee.class::cast)
        : data.id("id").flatMap(world::userById).map(Assignee.class::cast);
  }

  private Optional<Assignee> group(Body data) {
    return data.has("name")
        ? data.text("name", 0, Integer.MAX_VALUE)
            .flatMap(world::groupByName)
            .map(Assignee.class::cast)
        : data.id("id").flatMap(id -> Optional.ofNullable(world.groups.get(id)));
  }

  private static ReplyException invalid(Body body) {
    return Errors.invalid("assignee", body.noun(), "please enter an existing user or group");
  }
}
