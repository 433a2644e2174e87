package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkerTest {
  @ParameterizedTest
  @CsvSource({
    "note-1, false",
    "note-1, true",
    "'gone-task [7] ÄÖ/?&=^', false",
    "a+b%20c, true",
  })
  void what_is_written_is_read_again(String key, boolean edited) {
    String text =
        "Line one\n\nEdited:\n[code]<b>x</b>[/code]\n[taskbridge ref other] in the middle";

    Marker.Read read = Marker.read(Marker.write(text, key, edited).replace("\n", "\r\n"));

    assertThat(read.text()).isEqualTo(text);
    assertThat(read.key()).isEqualTo(Optional.of(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A note", "[taskbridge ref x]\nnot at the end", "[ref x]", "Edited:\nby hand"})
  void what_people_write_has_no_key_and_stays_as_it_is(String text) {
    assertThat(Marker.read(text)).isEqualTo(new Marker.Read(text, Optional.empty()));
  }
}
