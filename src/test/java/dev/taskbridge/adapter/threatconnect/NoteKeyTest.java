package dev.taskbridge.adapter.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key inside a note's text. */
final class NoteKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "",
        "two\n\nparagraphs",
        "ends with a line\n",
        "[//]: # (mine)",
        "a $1 \\b"
      })
  void a_text_and_its_key_come_back_as_they_were(String text) {
    NoteKey.Parted parted = NoteKey.part(NoteKey.join(text, "taskbridge-1.2:x"));
    assertThat(parted.text()).isEqualTo(text);
    assertThat(parted.key()).contains("taskbridge-1.2:x");
  }

  @Test
  void a_note_of_a_person_has_no_key() {
    assertThat(NoteKey.part("just a note"))
        .isEqualTo(new NoteKey.Parted("just a note", Optional.empty()));
  }

  @Test
  void people_may_write_below_the_key_and_change_line_endings() {
    NoteKey.Parted parted = NoteKey.part("hello\r\n\r\n[//]: # (taskbridge:k-1)\r\nand more");
    assertThat(parted.key()).contains("k-1");
    assertThat(parted.text()).isEqualTo("hello\nand more");
  }

  @Test
  void joining_twice_leaves_one_key() {
    assertThat(NoteKey.join(NoteKey.join("hello", "k-1"), "k-2"))
        .isEqualTo(NoteKey.join("hello", "k-2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "a)b", "line\nbreak"})
  void a_key_that_could_not_be_read_back_is_refused(String key) {
    assertThatThrownBy(() -> NoteKey.join("hello", key))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
