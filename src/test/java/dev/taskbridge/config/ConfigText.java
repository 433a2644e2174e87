package dev.taskbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small valid configuration, and what becomes of it when somebody edits it. */
record ConfigText(String yaml) {
  static final String SECRET = "s3cr3t-value";
  static final Map<String, String> ENVIRONMENT =
      Map.of("KEY", SECRET, "HOST", "jira.example.com", "PORT", "9090", "EMPTY", "");

  static final ConfigText VALID =
      new ConfigText(
          """
          threatconnect:
            url: https://tc.example.com/api
            auth: { kind: hmac, accessId: id, secretKey: "{{env:KEY}}" }
          store: { url: "jdbc:sqlite:data/x.db" }
          queue: { kind: memory, lanes: 4 }
          web: { host: 127.0.0.1, port: 8080 }
          systems:
            jira-soc:
              kind: jira
              url: https://jira.example.com
              auth: { kind: bearer, token: "{{env:KEY}}" }
              searchLag: 60s
            snow-it:
              kind: servicenow
              url: https://snow.example.com
              auth: { kind: basic, user: svc, password: "{{env:KEY}}" }
          syncs:
            soc:
              tasks: { tql: status = "Open", every: 30s }
              tickets: { system: jira-soc, project: SEC }
              sweep: "0 0/15 * * * ?"
              fields:
                status:
                  direction: both
                  map:
                    Open: [ To Do, In Progress ]
                    Closed: [ Done ]
                  back: { To Do: Open, Done: Closed }
                dueDate: { zone: UTC }
          """);

  /**
   * The same with one passage replaced.
   *
   * @throws IllegalArgumentException if it is not there exactly once
   */
  ConfigText with(String passage, String replacement) {
    int at = yaml.indexOf(passage);
    if (at < 0 || yaml.indexOf(passage, at + 1) >= 0) {
      throw new IllegalArgumentException("not there exactly once: " + passage);
    }
    return new ConfigText(yaml.replace(passage, replacement));
  }

  Loaded load(Path folder) {
    try {
      Path file = folder.resolve("taskbridge.yaml");
      Files.writeString(file, yaml);
      return new ConfigLoader(ENVIRONMENT).load(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
