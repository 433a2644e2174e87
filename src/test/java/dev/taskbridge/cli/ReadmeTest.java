package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README tells people to type, and where it sends them. */
class ReadmeTest {
  private static final Pattern COMMAND = Pattern.compile("\\./taskbridge ([a-z][^\\n`|]*)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  static Stream<String> commands() throws IOException {
    return all(COMMAND);
  }

  static Stream<String> links() throws IOException {
    return all(LINK);
  }

  private static Stream<String> all(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(Path.of("README.md")));
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1).strip());
    }
    assertThat(found).isNotEmpty();
    return found.stream().distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_line_is_understood(String line) {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    arguments.add("--help");
    StringWriter out = new StringWriter();

    int exit =
        Main.execute(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(out));

    assertThat(exit).as(out.toString()).isZero();
    assertThat(out.toString()).contains("Usage:", arguments.get(0));
  }

  @ParameterizedTest
  @MethodSource("links")
  void every_link_leads_somewhere(String link) {
    assertThat(Path.of(link)).exists();
  }
}
