package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which Jira this is, found out once. {@code serverInfo} answers anonymously too, so it proves
 * nothing about the credentials.
 */
final class Deployment {
  private static final String SERVER_INFO = "/rest/api/2/serverInfo";

  private final JiraClient client;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Flavour known;

  Deployment(JiraClient client) {
    this.client = client;
  }

  /** The flavour; asked again only until it was answered once. */
  Outcome<Flavour> flavour() {
    Flavour flavour = known;
    if (flavour != null) {
      return Outcome.done(flavour);
    }
    asking.lock();
    try {
      flavour = known;
      return flavour != null ? Outcome.done(flavour) : serverInfo().map(this::remember);
    } finally {
      asking.unlock();
    }
  }

  /** What the server says about itself, asked now. */
  Outcome<JsonNode> serverInfo() {
    return client.read(Http.Request.get("serverInfo", SERVER_INFO));
  }

  /** Exactly {@code Cloud} is Cloud; Data Center says {@code Server} or nothing (seen). */
  private Flavour remember(JsonNode serverInfo) {
    Flavour flavour =
        Json.text(serverInfo, "deploymentType").equals("Cloud") ? new Cloud() : new DataCenter();
    known = flavour;
    return flavour;
  }
}
