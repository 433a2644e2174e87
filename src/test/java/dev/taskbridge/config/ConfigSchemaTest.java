package dev.taskbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says of a configuration is what the loader says, as far as a schema can. */
class ConfigSchemaTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(ConfigSchema.json(Set.of()));

  @ParameterizedTest
  @ValueSource(strings = {"config/taskbridge.yaml", "config/demo.yaml"})
  void the_shipped_configurations_are_valid(String file) throws IOException {
    assertThat(complaints(Files.readString(Path.of(file)))).isEmpty();
  }

  @Test
  void a_section_may_be_left_empty_where_everything_in_it_has_a_default() {
    assertThat(complaints(ConfigText.VALID.with("dueDate: { zone: UTC }", "dueDate:").yaml()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void the_schema_refuses_what_the_loader_refuses(ConfigText text) {
    assertThat(complaints(text.yaml())).isNotEmpty();
  }

  static Stream<ConfigText> mistakes() {
    ConfigText valid = ConfigText.VALID;
    return Stream.of(
        valid.with("searchLag: 60s", "serchLag: 60s"),
        valid.with("searchLag: 60s", "searchLag: soon"),
        valid.with("direction: both", "direction: both-ways"),
        valid.with("project: SEC", "projekt: SEC"),
        valid.with("project: SEC", "project: 17"),
        valid.with("kind: jira\n", "kind: halo\n"),
        valid.with("Open: [", "Opened: ["),
        valid.with("[ Done ]", "[]"),
        valid.with("Done: Closed", "Done: closed"),
        valid.with("lanes: 4", "lanes: 0"),
        valid.with("accessId: id, ", ""),
        valid.with("secretKey: \"{{env:KEY}}\"", "secretKey: in-clear"),
        valid.with("jdbc:sqlite:data/x.db", "jdbc:mysql://db"),
        valid.with("  snow-it:", "  snow.it:"),
        valid.with("dueDate:", "dueDat:"));
  }

  @Test
  void the_schema_knows_the_kinds_that_somebody_added() throws IOException {
    String yaml =
        ConfigText.VALID
            .with("kind: servicenow", "kind: halo")
            .with("{ system: jira-soc, project: SEC }", "{ system: snow-it, scope: { queue: 7 } }")
            .yaml();

    assertThat(complaints(yaml)).isNotEmpty();
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(ConfigSchema.json(Set.of("halo")))
                .validate(YAML.readTree(yaml)))
        .isEmpty();
  }

  static Set<ValidationMessage> complaints(String yaml) {
    try {
      return SCHEMA.validate(YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
