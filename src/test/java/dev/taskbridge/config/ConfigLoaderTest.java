package dev.taskbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.taskbridge.config.FieldsConfig.Conflict;
import dev.taskbridge.config.FieldsConfig.Custom;
import dev.taskbridge.config.FieldsConfig.Direction;
import dev.taskbridge.config.FieldsConfig.Plain;
import dev.taskbridge.config.FieldsConfig.Priority;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Secret;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.mapping.Placeholders;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration without mistakes becomes. */
class ConfigLoaderTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "TC_ACCESS_ID", "id",
          "TC_SECRET_KEY", "key",
          "JIRA_TOKEN", "jira",
          "SNOW_PASSWORD", "snow",
          "TASKBRIDGE_TOKEN", "web");

  @TempDir Path folder;

  @Test
  void the_shipped_sample_becomes_what_it_says() {
    TaskbridgeConfig config =
        valid(new ConfigLoader(SECRETS).load(Path.of("config/taskbridge.yaml")));

    assertThat(config.threatConnect())
        .isEqualTo(
            new ThreatConnectConfig(
                URI.create("https://app.threatconnect.com/api"),
                new Auth.Hmac("id", new Secret("key")),
                Optional.of("Demo Organization"),
                Duration.ofSeconds(60)));
    assertThat(config.web())
        .isEqualTo(new WebConfig("127.0.0.1", 8080, Optional.of(new Secret("web"))));
    assertThat(config.systems()).containsOnlyKeys("jira-soc", "snow-it");
    SyncConfig sync = config.syncs().get("high-severity");
    assertThat(sync.tickets().settings()).isEqualTo(Map.of("project", "SEC", "type", "Task"));
    assertThat(config.systemOf(sync).auth())
        .isEqualTo(new Auth.Basic("bot@example.com", new Secret("jira")));
    FieldsConfig fields = sync.fields();
    assertThat(fields.assignee().orElseThrow().groups())
        .isEqualTo(Map.of("SOC Team", FieldValue.User.withEmail("soc-queue@example.com")));
    assertThat(fields.assignee().orElseThrow().fallback()).isEmpty();
    assertThat(fields.dueDate().orElseThrow())
        .isEqualTo(
            new FieldsConfig.DueDate(
                Direction.BOTH, Conflict.THREATCONNECT, ZoneId.of("America/New_York")));
    assertThat(fields.priority().orElseThrow().map()).containsEntry("Critical", "Highest");
    assertThat(fields.notes())
        .contains(new FieldsConfig.Notes(Direction.BOTH, Visibility.INTERNAL));
    assertThat(fields.custom())
        .isEqualTo(
            Map.of(
                new FieldName("customfield_10042"),
                new Custom(Direction.TO_TICKET, "${case.name}")));
  }

  @Test
  void every_unset_secret_of_the_sample_is_named_with_its_line() {
    Loaded loaded = new ConfigLoader(Map.of()).load(Path.of("config/taskbridge.yaml"));

    assertThat(loaded)
        .asInstanceOf(type(Loaded.Invalid.class))
        .extracting(Loaded.Invalid::problems)
        .asList()
        .hasSize(5)
        .first()
        .hasToString(
            "config/taskbridge.yaml:8 threatconnect.auth.accessId: the environment variable"
                + " TC_ACCESS_ID is not set; set it, or write another {{env:NAME}} or"
                + " {{file:PATH}}");
  }

  @Test
  void the_demo_has_a_sync_for_each_simulated_system() {
    Map<String, String> given =
        Map.of(
            "DEMO_TC_ACCESS_ID", "id",
            "DEMO_TC_SECRET", "key",
            "DEMO_JIRA_USER", "bot",
            "DEMO_JIRA_TOKEN", "jira",
            "DEMO_SNOW_USER", "svc",
            "DEMO_SNOW_PASSWORD", "snow",
            "DEMO_WEB_TOKEN", "web");

    TaskbridgeConfig config = valid(new ConfigLoader(given).load(Path.of("config/demo.yaml")));

    assertThat(config.syncs()).containsOnlyKeys("soc-jira", "soc-snow");
    assertThat(config.syncs().values())
        .allSatisfy(
            sync -> {
              assertThat(sync.tasks().every()).isEqualTo(Duration.ofSeconds(2));
              assertThat(config.systemOf(sync).searchLag()).isEqualTo(Duration.ofSeconds(1));
              assertThat(sync.fields().status().orElseThrow().reopened())
                  .contains(TaskStatus.REOPENED);
            });
  }

  @Test
  void what_is_left_out_has_its_default() {
    TaskbridgeConfig config =
        valid(
            ConfigText.VALID
                .with("store: { url: \"jdbc:sqlite:data/x.db\" }\n", "")
                .with("queue: { kind: memory, lanes: 4 }\n", "")
                .with("web: { host: 127.0.0.1, port: 8080 }\n", "")
                .with("    searchLag: 60s\n", "")
                .with(", every: 30s", "")
                .with("    sweep: \"0 0/15 * * * ?\"\n", "")
                .with("        direction: both\n", "")
                .with(
                    "dueDate: { zone: UTC }",
                    "description:\n      dueDate:\n      notes:\n      dependency:\n      artifacts:"));

    assertThat(config.store().url()).isEqualTo("jdbc:sqlite:data/taskbridge.db");
    assertThat(config.queue()).isEqualTo(new QueueConfig.Memory(8));
    assertThat(config.web()).isEqualTo(new WebConfig("127.0.0.1", 8080, Optional.empty()));
    assertThat(config.systems().get("jira-soc").searchLag()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.systems().get("snow-it"))
        .asInstanceOf(type(SystemConfig.ServiceNow.class))
        .satisfies(
            snow -> {
              assertThat(snow.transport()).isEqualTo(SystemConfig.Transport.COMPONENT);
              assertThat(snow.batch()).isTrue();
              assertThat(snow.timeout()).isEqualTo(Duration.ofSeconds(90));
            });
    SyncConfig sync = config.syncs().get("soc");
    assertThat(sync.tasks().every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sync.tickets().every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sync.tickets().settings()).containsEntry("type", "Task");
    assertThat(sync.sweep()).isEqualTo("0 0/15 * * * ?");
    assertThat(sync.create()).isEqualTo(Create.TO_TICKET);
    assertThat(sync.onTaskDeleted()).isEqualTo(OnTaskDeleted.CLOSE);
    assertThat(sync.onTicketDeleted()).isEqualTo(OnTicketDeleted.UNLINK);
    FieldsConfig fields = sync.fields();
    assertThat(fields.title()).isEqualTo(new Plain(Direction.BOTH, Conflict.NEWEST));
    assertThat(fields.description()).contains(new Plain(Direction.TO_TICKET, Conflict.NEWEST));
    assertThat(fields.status().orElseThrow().direction()).isEqualTo(Direction.BOTH);
    assertThat(fields.dueDate())
        .contains(new FieldsConfig.DueDate(Direction.BOTH, Conflict.NEWEST, ZoneOffset.UTC));
    assertThat(fields.notes())
        .contains(new FieldsConfig.Notes(Direction.BOTH, Visibility.INTERNAL));
    assertThat(fields.dependency())
        .contains(new FieldsConfig.Dependency(Direction.TO_TICKET, "Blocks"));
    assertThat(fields.artifacts()).contains(new FieldsConfig.Artifacts(Direction.TO_TICKET, true));
    assertThat(fields.assignee()).isEmpty();
    assertThat(fields.custom()).isEmpty();
  }

  @Test
  void a_status_map_without_back_is_read_backwards_preferring_open() {
    FieldsConfig.Status status =
        status(
            """
            map:
                      Pending: [ New, Waiting ]
                      Open: [ New, Doing ]
                      Reopened: [ Doing, Again ]
                      Closed: Done
            """);

    assertThat(status.back())
        .isEqualTo(
            Map.of(
                "New", TaskStatus.OPEN,
                "Doing", TaskStatus.OPEN,
                "Waiting", TaskStatus.PENDING,
                "Again", TaskStatus.REOPENED,
                "Done", TaskStatus.CLOSED));
    assertThat(status.reopened()).contains(TaskStatus.REOPENED);
  }

  @Test
  void what_back_leaves_out_is_derived_and_what_it_says_stays() {
    FieldsConfig.Status status =
        status(
            """
            map: { Pending: [ New ], Open: [ New, Doing ], Closed: [ Done ] }
                    back: { NEW: Pending }
            """);

    assertThat(status.back())
        .isEqualTo(
            Map.of(
                "NEW", TaskStatus.PENDING,
                "Doing", TaskStatus.OPEN,
                "Done", TaskStatus.CLOSED));
    assertThat(status.reopened()).isEmpty();
  }

  @Test
  void ticket_statuses_may_be_numbers() {
    FieldsConfig.Status status =
        status("map: { Open: [ 1, 2 ], Closed: 7 }\n        set: { 7: { close_code: 3 } }\n");

    assertThat(status.map())
        .isEqualTo(Map.of(TaskStatus.OPEN, List.of("1", "2"), TaskStatus.CLOSED, List.of("7")));
    assertThat(status.set()).isEqualTo(Map.of("7", Map.of("close_code", "3")));
  }

  @Test
  void a_secret_in_a_file_is_found_beside_the_configuration_and_ends_before_its_line_break()
      throws Exception {
    Files.writeString(folder.resolve("token.txt"), "from-file\n");

    TaskbridgeConfig config =
        valid(ConfigText.VALID.with("token: \"{{env:KEY}}\"", "token: \"{{file:token.txt}}\""));

    assertThat(config.systems().get("jira-soc").auth())
        .isEqualTo(new Auth.Bearer(new Secret("from-file")));
    assertThat(config.secrets())
        .containsExactlyInAnyOrder(
            new Secret("from-file"), new Secret(ConfigText.SECRET), new Secret(ConfigText.SECRET));
    assertThat(config.toString()).doesNotContain("from-file").doesNotContain(ConfigText.SECRET);
  }

  @Test
  void a_placeholder_may_be_a_part_of_an_address_or_a_number() {
    TaskbridgeConfig config =
        valid(
            ConfigText.VALID
                .with("https://jira.example.com", "\"https://{{env:HOST}}/jira/\"")
                .with("port: 8080", "port: \"{{env:PORT}}\""));

    assertThat(config.systems().get("jira-soc").url())
        .isEqualTo(URI.create("https://jira.example.com/jira"));
    assertThat(config.web().port()).isEqualTo(9090);
  }

  @Test
  void plain_http_is_good_enough_for_this_machine() {
    for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
      TaskbridgeConfig config =
          valid(ConfigText.VALID.with("https://jira.example.com", "http://" + host + ":8102"));

      assertThat(config.systems().get("jira-soc").url())
          .isEqualTo(URI.create("http://" + host + ":8102"));
    }
  }

  @Test
  void service_now_knows_where_its_tokens_are_asked_for() {
    String basic = "{ kind: basic, user: svc, password: \"{{env:KEY}}\" }";
    String oauth = "{ kind: oauth, clientId: c, clientSecret: \"{{env:KEY}}\"";

    TaskbridgeConfig clientCredentials = valid(ConfigText.VALID.with(basic, oauth + " }"));
    TaskbridgeConfig password =
        valid(ConfigText.VALID.with(basic, oauth + ", user: svc, password: \"{{env:KEY}}\" }"));

    URI tokens = URI.create("https://snow.example.com/oauth_token.do");
    Secret secret = new Secret(ConfigText.SECRET);
    assertThat(clientCredentials.systems().get("snow-it").auth())
        .isEqualTo(new Auth.OAuth("c", secret, tokens, Optional.empty()));
    assertThat(password.systems().get("snow-it").auth())
        .isEqualTo(new Auth.OAuth("c", secret, tokens, Optional.of(new Auth.Basic("svc", secret))));
  }

  @Test
  void a_kind_that_somebody_added_keeps_its_own_settings() throws Exception {
    Path file = folder.resolve("halo.yaml");
    Files.writeString(
        file,
        ConfigText.VALID
            .with("kind: servicenow", "kind: halo\n    settings: { region: eu }")
            .with(
                "{ system: jira-soc, project: SEC }",
                "{ system: snow-it, scope: { queue: 7 }, rule: open }")
            .yaml());

    TaskbridgeConfig config =
        valid(new ConfigLoader(ConfigText.ENVIRONMENT, Set.of("halo")).load(file));

    assertThat(config.systems().get("snow-it"))
        .asInstanceOf(type(SystemConfig.Other.class))
        .extracting(SystemConfig.Other::kind, SystemConfig.Other::settings)
        .containsExactly("halo", Map.of("region", "eu"));
    assertThat(config.syncs().get("soc").tickets().settings())
        .isEqualTo(Map.of("queue", "7", "rule", "open"));
  }

  @Test
  void tickets_become_tasks_in_the_named_case_by_the_rule() {
    SyncConfig sync =
        valid(
                ConfigText.VALID
                    .with("every: 30s }", "case: SOC intake }")
                    .with(
                        "project: SEC }",
                        "project: SEC, rule: labels = soc, match: customfield_7 }")
                    .with("    sweep:", "    create: both\n    sweep:"))
            .syncs()
            .get("soc");

    assertThat(sync.create().makesTasks()).isTrue();
    assertThat(sync.tasks().caseName()).contains("SOC intake");
    assertThat(sync.tickets().settings())
        .isEqualTo(
            Map.of(
                "project", "SEC",
                "type", "Task",
                "rule", "labels = soc",
                "match", "customfield_7"));
  }

  @Test
  void a_service_now_sync_has_groups_and_columns_of_its_own() {
    FieldsConfig fields =
        valid(
                ConfigText.VALID
                    .with(
                        "{ system: jira-soc, project: SEC }",
                        "{ system: snow-it, table: incident }")
                    .with(
                        "dueDate: { zone: UTC }",
                        """
                        assignee: { groups: { SOC: { group: SOC Team } }, default: { group: Desk } }
                              category: { value: security }
                              priority: { from: required, map: { true: 1, false: 4 } }
                        """))
            .syncs()
            .get("soc")
            .fields();

    assertThat(fields.assignee().orElseThrow().groups())
        .isEqualTo(Map.of("SOC", FieldValue.Group.named("SOC Team")));
    assertThat(fields.assignee().orElseThrow().fallback()).contains(FieldValue.Group.named("Desk"));
    assertThat(fields.custom())
        .isEqualTo(Map.of(new FieldName("category"), new Custom(Direction.TO_TICKET, "security")));
    assertThat(fields.priority())
        .contains(
            new Priority(
                Direction.TO_TICKET, Priority.From.REQUIRED, Map.of("true", "1", "false", "4")));
  }

  @Test
  void a_kafka_queue_and_a_postgresql_store_are_known() {
    TaskbridgeConfig config =
        valid(
            ConfigText.VALID
                .with("{ kind: memory, lanes: 4 }", "{ kind: kafka, brokers: \"a:9092,b:9092\" }")
                .with(
                    "{ url: \"jdbc:sqlite:data/x.db\" }",
                    "{ url: \"jdbc:postgresql://db/tb?ssl=true\", user: tb, password:"
                        + " \"{{env:KEY}}\" }"));

    assertThat(config.queue())
        .isEqualTo(new QueueConfig.Kafka("a:9092,b:9092", "taskbridge-links", 8));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                "jdbc:postgresql://db/tb?ssl=true",
                Optional.of("tb"),
                Optional.of(new Secret(ConfigText.SECRET))));
  }

  @Test
  void two_readings_are_equal_until_something_changes_be_it_a_secret() throws Exception {
    TaskbridgeConfig first = valid(ConfigText.VALID);
    TaskbridgeConfig again =
        valid(ConfigText.VALID.with("  searchLag: 60s", "  searchLag: 1m # the same"));
    Map<String, String> rotated = new java.util.HashMap<>(ConfigText.ENVIRONMENT);
    rotated.put("KEY", "rotated");
    TaskbridgeConfig otherSecret =
        valid(new ConfigLoader(rotated).load(folder.resolve("taskbridge.yaml")));
    TaskbridgeConfig otherStatus = valid(ConfigText.VALID.with("In Progress ]", "Doing ]"));

    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(otherSecret).isNotEqualTo(first);
    assertThat(otherStatus).isNotEqualTo(first);
  }

  @Test
  void a_template_may_say_what_the_mapping_can_fill_in() {
    assertThat(TemplateShape.PLACEHOLDERS)
        .containsExactlyInAnyOrderElementsOf(Placeholders.KNOWN.keySet());
  }

  @Test
  void a_file_from_windows_is_read_too() throws Exception {
    Path file = folder.resolve("windows.yaml");
    Files.writeString(file, "\uFEFF" + ConfigText.VALID.yaml().replace("\n", "\r\n"));

    assertThat(new ConfigLoader(ConfigText.ENVIRONMENT).load(file))
        .isInstanceOf(Loaded.Valid.class);
  }

  private FieldsConfig.Status status(String keys) {
    return valid(
            ConfigText.VALID.with(
                """
                    map:
                              Open: [ To Do, In Progress ]
                              Closed: [ Done ]
                            back: { To Do: Open, Done: Closed }
                    """,
                keys))
        .syncs()
        .get("soc")
        .fields()
        .status()
        .orElseThrow();
  }

  /** What the loader accepts, an editor has to accept, too. */
  private TaskbridgeConfig valid(ConfigText text) {
    assertThat(ConfigSchemaTest.complaints(text.yaml())).isEmpty();
    return valid(text.load(folder));
  }

  private static TaskbridgeConfig valid(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).config();
  }
}
