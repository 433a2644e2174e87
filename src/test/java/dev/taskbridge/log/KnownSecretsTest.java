package dev.taskbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.taskbridge.domain.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.logstash.logback.argument.StructuredArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret gets into a log, whichever way somebody tries. */
class KnownSecretsTest {
  private static final String SECRET = "correct horse/battery+staple";

  static {
    KnownSecrets.add(List.of(new Secret(SECRET), new Secret("corr"), new Secret("x")));
  }

  @Test
  void a_known_secret_becomes_stars_wherever_it_stands() {
    assertThat(KnownSecrets.mask("password=" + SECRET + "!")).isEqualTo("password=***!");
    assertThat(KnownSecrets.mask("a " + SECRET + " b " + SECRET)).isEqualTo("a *** b ***");
  }

  @Test
  void a_secret_is_known_by_its_looks_in_an_address_too() {
    assertThat(KnownSecrets.mask("/token?p=correct+horse%2Fbattery%2Bstaple"))
        .isEqualTo("/token?p=***");
  }

  @Test
  void a_secret_that_begins_like_a_shorter_one_leaves_no_rest() {
    assertThat(KnownSecrets.mask(SECRET)).isEqualTo("***");
  }

  @Test
  void a_secret_of_one_letter_does_not_blot_out_the_log() {
    assertThat(KnownSecrets.mask("example")).isEqualTo("example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization: Bearer abc.def-123           | Authorization: ***",
        "Authorization: TC 123:c2lnbmF0dXJl= next    | Authorization: *** next",
        "{\"authorization\":\"Basic dXNlcjpwdw==\"}  | {\"authorization\":\"***\"}",
        "{Authorization=[Basic dXNlcjpwdw==], A=b}   | {Authorization=[***], A=b}",
        "the authorization of pat was refused        | the authorization of pat was refused",
      })
  void the_value_of_an_authorization_header_becomes_stars(String text, String masked) {
    assertThat(KnownSecrets.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void a_line_of_the_log_has_no_secret_in_message_argument_or_exception(String format)
      throws Exception {
    String line =
        logged(
            format,
            logger ->
                logger.error(
                    "sent {} {}",
                    "Authorization: Bearer unknown-token",
                    StructuredArguments.keyValue("password", SECRET),
                    new IllegalStateException("refused " + SECRET)));

    assertThat(line)
        .contains("sent", "refused ***", "Authorization: ***", "IllegalStateException")
        .doesNotContain(SECRET)
        .doesNotContain("unknown-token")
        .endsWith("\n");
    assertThat(line.startsWith("{")).isEqualTo(format.equals("json"));
  }

  private interface Logging {
    void to(Logger logger);
  }

  /** Logs through the shipped configuration, with stderr caught. */
  private static synchronized String logged(String format, Logging logging) throws Exception {
    PrintStream stderr = System.err;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    LoggerContext context = new LoggerContext();
    try (PrintStream stream = new PrintStream(caught, true, StandardCharsets.UTF_8)) {
      System.setErr(stream);
      context.setMDCAdapter(new LogbackMDCAdapter());
      context.putProperty("taskbridge.log", format);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
      logging.to(context.getLogger("dev.taskbridge.Example"));
      context.stop();
    } finally {
      System.setErr(stderr);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }
}
