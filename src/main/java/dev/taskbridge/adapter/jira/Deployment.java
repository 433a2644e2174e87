package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which Jira this is, found out once. {@code serverInfo} answers anonymously too, so it proves
 * nothing about the credentials.
 *
 * <p>Both products answer it in version 2, but only version 3 is what we otherwise use of Cloud,
 * and only version 2 is there on Data Center: so each is asked in its own where it can be guessed.
 */
final class Deployment {
  private static final int NOT_FOUND = 404;

  private final JiraClient client;
  private final boolean likelyCloud;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Flavour known;

  Deployment(JiraClient client, boolean likelyCloud) {
    this.client = client;
    this.likelyCloud = likelyCloud;
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
    Flavour flavour = known;
    if (flavour != null) {
      return client.read(request(flavour));
    }
    if (!likelyCloud) {
      return client.read(request(new DataCenter()));
    }
    JiraClient.Reply reply = client.ask(request(new Cloud()));
    if (reply instanceof JiraClient.Failed failed) {
      return failed.status() == NOT_FOUND
          ? client.read(request(new DataCenter()))
          : Outcome.refused(failed.refusal());
    }
    return Outcome.done(((JiraClient.Ok) reply).body());
  }

  private static Http.Request request(Flavour flavour) {
    return Http.Request.get("serverInfo", flavour.api() + "/serverInfo");
  }

  /** Exactly {@code Cloud} is Cloud; Data Center says {@code Server} or nothing (seen). */
  private Flavour remember(JsonNode serverInfo) {
    Flavour flavour =
        Json.text(serverInfo, "deploymentType").equals("Cloud") ? new Cloud() : new DataCenter();
    known = flavour;
    return flavour;
  }
}
