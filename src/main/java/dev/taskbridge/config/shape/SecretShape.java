package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.domain.Secret;
import java.util.Optional;

/** A secret, which may only be pointed to. Its value appears in no message. */
public final class SecretShape implements Shape<Secret> {
  @Override
  public Optional<Secret> read(Reading at) {
    Optional<String> written = at.text();
    if (written.isPresent() && Placeholders.isOne(written.get())) {
      return at.resolved(written.get().strip()).map(Secret::new);
    }
    if (at.scalar().isPresent()) {
      at.problem("a secret must not be written here; give " + accepted());
    } else {
      at.notAccepted(accepted());
    }
    return Optional.empty();
  }

  @Override
  public String accepted() {
    return "\"{{env:NAME}}\" or \"{{file:PATH}}\"";
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^\\s*" + Placeholders.PATTERN + "\\s*$");
  }
}
