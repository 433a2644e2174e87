package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Output.Tone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What results look like. */
class OutputTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void columns_are_as_wide_as_their_widest_cell() {
    plain()
        .table(List.of("LINK", "STATE"), List.of(List.of("a", "linked"), List.of("abcdef", "x")));

    assertThat(out)
        .hasToString(
            """
            LINK    STATE
            a       linked
            abcdef  x
            """);
  }

  @Test
  void letters_beyond_the_sixteen_bits_count_once() {
    plain().table(List.of("A", "B"), List.of(List.of("\uD83D\uDD12", "x"), List.of("ab", "y")));

    assertThat(out).hasToString("A   B\n\uD83D\uDD12   x\nab  y\n");
  }

  @Test
  void text_of_people_cannot_command_the_terminal_or_break_a_line() {
    plain().table(List.of("TITLE"), List.of(List.of("red \u001B[31malert\nnext\u0007")));

    assertThat(out).hasToString("TITLE\nred [31malert next\n");
  }

  @Test
  void colours_are_for_terminals_only_and_never_in_json() {
    assertThat(plain().toned(Tone.BAD, "gone")).isEqualTo("gone");
    assertThat(output(true, true).toned(Tone.BAD, "gone")).isEqualTo("gone");
    assertThat(output(false, true).toned(Tone.BAD, "gone")).isEqualTo("\u001B[31mgone\u001B[39m");
  }

  @Test
  void json_is_one_line_on_stdout_and_messages_go_to_stderr() {
    Output output = output(true, false);

    output.json(Map.of("links", List.of(1, 2)));
    output.message("done");

    assertThat(out).hasToString("{\"links\":[1,2]}\n");
    assertThat(err).hasToString("done\n");
  }

  private Output plain() {
    return output(false, false);
  }

  private Output output(boolean json, boolean colours) {
    return new Output(new PrintWriter(out), new PrintWriter(err), json, colours);
  }
}
