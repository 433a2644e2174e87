package dev.taskbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The files that are made from the description of the configuration. After a change of the
 * description, {@code mvn test -Dtest=ConfigDescriptionTest -Dtaskbridge.write=true} writes them.
 */
class ConfigDescriptionTest {
  private static final Path SCHEMA = Path.of("config/taskbridge.schema.json");
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String BEGIN = "<!-- keys: made by ConfigDescriptionTest -->\n";
  private static final String END = "<!-- end of keys -->\n";

  @Test
  void the_schema_in_the_repository_is_the_one_that_the_program_prints() throws IOException {
    String schema = ConfigSchema.json(Set.of());
    if (Boolean.getBoolean("taskbridge.write")) {
      Files.writeString(SCHEMA, schema);
    }

    assertThat(Files.readString(SCHEMA)).isEqualTo(schema);
  }

  @Test
  void the_page_about_the_configuration_has_every_key() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected =
        page.substring(0, begin)
            + "\n"
            + ConfigReference.markdown()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("taskbridge.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }
}
