package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Whom a task or a case is assigned to. */
sealed interface Assignee extends Row {
  /** {@code User} or {@code Group}. */
  String type();

  /** The login of a user, the name of a group. */
  String name();

  /** The content of {@code data} in an assignee, and the answer of the security endpoints. */
  JsonObject toJson();

  default JsonObject toAssigneeJson() {
    return new JsonObject().put("type", type()).put("data", toJson());
  }

  /** A person, or the API user, whose login is its access id. */
  record User(long id, String name, String firstName, String lastName, List<Long> groups)
      implements Assignee {
    @Override
    public String type() {
      return "User";
    }

    @Override
    public JsonObject toJson() {
      return new JsonObject()
          .put("id", id)
          .put("userName", name)
          .put("firstName", firstName)
          .put("lastName", lastName)
          .put("pseudonym", pseudonym())
          .put("owner", World.OWNER);
    }

    String pseudonym() {
      return firstName + lastName;
    }
  }

  /** A group of users. */
  record Group(long id, String name, String description) implements Assignee {
    @Override
    public String type() {
      return "Group";
    }

    @Override
    public JsonObject toJson() {
      return new JsonObject().put("id", id).put("name", name).put("description", description);
    }
  }
}
