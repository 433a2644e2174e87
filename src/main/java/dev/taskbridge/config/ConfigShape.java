package dev.taskbridge.config;

import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.Kinds;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.SecretShape;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.domain.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole file: the one place that says which keys there are. */
final class ConfigShape {
  private static final Key<Optional<Secret>> PASSWORD =
      Key.optional("password", new SecretShape(), "PostgreSQL's password.");

  private ConfigShape() {}

  /**
   * @param otherKinds the further files under {@code routes/systems/}, without {@code .yaml}
   */
  static Section<TaskbridgeConfig> of(Set<String> otherKinds) {
    Key<ThreatConnectConfig> threatConnect =
        Key.required("threatconnect", SystemShapes.threatConnect(), "Where the tasks live.");
    Key<StoreConfig> store =
        Key.or(
            "store",
            store(),
            StoreConfig.DEFAULT,
            "{ url: \"" + StoreConfig.DEFAULT.url() + "\" }",
            "Where the links are kept.");
    Key<QueueConfig> queue =
        Key.or(
            "queue",
            queue(),
            QueueConfig.DEFAULT,
            "{ kind: memory, lanes: " + QueueConfig.DEFAULT_LANES + " }",
            "What carries links to be looked at.");
    Key<WebConfig> web =
        Key.or(
            "web",
            web(),
            WebConfig.DEFAULT,
            "{ host: 127.0.0.1, port: 8080 }",
            "The page, its API, health and metrics.");
    Key<Map<String, SystemConfig>> systems =
        Key.required(
            "systems", SystemShapes.all(otherKinds), "The ticketing systems, each by a name.");
    Key<Map<String, SyncConfig>> syncs =
        Key.required("syncs", SyncShapes.all(otherKinds), "What is kept in step, each by a name.");
    return Section.of(
        List.<Key<?>>of(threatConnect, store, queue, web, systems, syncs),
        (values, at) ->
            new TaskbridgeConfig(
                values.get(threatConnect),
                values.get(store),
                values.get(queue),
                values.get(web),
                values.get(systems),
                values.get(syncs)));
  }

  private static Section<StoreConfig> store() {
    Key<String> url =
        Key.or(
            "url",
            // A password in the address would reach logs: it has a key of its own.
            Scalars.matching(
                "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE (user and password have keys of"
                    + " their own)",
                "jdbc:sqlite:[^?]+|jdbc:postgresql://(?!.*([?&](user|password)=|@)).+"),
            StoreConfig.DEFAULT.url(),
            StoreConfig.DEFAULT.url(),
            "SQLite, whose file is made when missing, or PostgreSQL.");
    Key<Optional<String>> user =
        Key.optional("user", Scalars.text("a user name"), "PostgreSQL's user.");
    return Section.of(
            List.<Key<?>>of(url, user, PASSWORD),
            (values, at) ->
                new StoreConfig(values.get(url), values.get(user), values.get(PASSWORD)))
        .checked(
            (values, at) -> {
              if (values.find(url).filter(it -> it.startsWith("jdbc:sqlite:")).isPresent()) {
                for (String key : List.of("user", "password")) {
                  at.child(key)
                      .ifPresent(it -> it.problem("SQLite has no " + key + "; remove this"));
                }
              }
            });
  }

  private static Kinds<QueueConfig> queue() {
    Key<Integer> lanes =
        Key.or(
            "lanes",
            Scalars.number(1, 256),
            QueueConfig.DEFAULT_LANES,
            String.valueOf(QueueConfig.DEFAULT_LANES),
            "How many links are worked on at once.");
    Key<String> brokers =
        Key.required(
            "brokers",
            Scalars.matching(
                "host:port, several separated by commas", "[^\\s,]+:\\d+(\\s*,\\s*[^\\s,]+:\\d+)*"),
            "Kafka's brokers. This version does not start with kafka yet.");
    Key<String> topic =
        Key.or(
            "topic",
            Scalars.matching("a topic's name (letters, digits, dot, - and _)", "[\\w.-]{1,249}"),
            "taskbridge-links",
            "taskbridge-links",
            "The topic that holds the links to be looked at.");
    return Kinds.<QueueConfig>of(
            "memory",
            Section.of(
                List.<Key<?>>of(lanes), (values, at) -> new QueueConfig.Memory(values.get(lanes))))
        .or(
            "kafka",
            Section.of(
                List.<Key<?>>of(brokers, topic, lanes),
                (values, at) ->
                    new QueueConfig.Kafka(
                        values.get(brokers), values.get(topic), values.get(lanes))))
        .defaultingTo("memory");
  }

  private static Section<WebConfig> web() {
    Key<String> host =
        Key.or(
            "host",
            Scalars.matching("a host name or address", "[\\w.:\\[\\]-]+"),
            WebConfig.DEFAULT.host(),
            WebConfig.DEFAULT.host(),
            "The address to listen on.");
    Key<Integer> port =
        Key.or(
            "port",
            Scalars.number(0, 65535),
            WebConfig.DEFAULT.port(),
            String.valueOf(WebConfig.DEFAULT.port()),
            "The port to listen on; 0 picks a free one.");
    Key<Optional<Secret>> token =
        Key.optional(
            "token",
            new SecretShape(),
            "What changing anything asks for, and reading too beyond loopback; required there.");
    return Section.of(
            List.<Key<?>>of(host, port, token),
            (values, at) -> new WebConfig(values.get(host), values.get(port), values.get(token)))
        .checked(
            (values, at) -> {
              boolean open = values.find(host).filter(it -> !Scalars.isLoopback(it)).isPresent();
              if (open && at.child("token").isEmpty()) {
                at.problem(
                    "token is missing: a server that listens beyond this machine must ask for one");
              }
            });
  }
}
