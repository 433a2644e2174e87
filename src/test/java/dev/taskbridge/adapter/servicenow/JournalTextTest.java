package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournalTextTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @Test
  void entries_come_oldest_first_with_author_and_time() {
    List<Comment> comments =
        read(
            "2026-03-04 12:16:00 - Pat Jones (Work notes)\r\nSecond\r\n\r\n"
                + "2026-03-04 12:15:00 - Ann-Marie O'Neil (SOC) (Work notes)\r\nFirst,\r\n\r\nof two"
                + " paragraphs\r\n\r\n");

    assertThat(comments)
        .extracting(Comment::text)
        .containsExactly("First,\n\nof two paragraphs", "Second");
    assertThat(comments)
        .extracting(Comment::author)
        .containsExactly("Ann-Marie O'Neil (SOC)", "Pat Jones");
    assertThat(comments.get(0).createdAt()).isEqualTo(Instant.parse("2026-03-04T12:15:00Z"));
  }

  @Test
  void an_entry_keeps_its_id_when_another_is_added() {
    String first = "2026-03-04 12:15:00 - Pat Jones (Work notes)\nFirst\n\n";

    Comment before = read(first).get(0);
    Comment after = read("2026-03-04 12:16:00 - Pat Jones (Work notes)\nSecond\n\n" + first).get(0);

    assertThat(after).isEqualTo(before);
  }

  @Test
  void our_own_entries_are_known_by_their_last_line() {
    String entry = Marker.write("From the task", "note-1", false);

    Comment comment = read("2026-03-04 12:15:00 - Bridge (Work notes)\n" + entry + "\n\n").get(0);

    assertThat(comment.text()).isEqualTo("From the task");
    assertThat(comment.key()).isEqualTo(Optional.of("note-1"));
  }

  @Test
  void text_in_another_form_gives_no_entry() {
    assertThat(read("")).isEmpty();
    assertThat(read("04.03.2026 12:15:00 - Pat Jones (Arbeitsnotizen)\nErste\n\n")).isEmpty();
  }

  private static List<Comment> read(String shown) {
    return JournalText.read(ID, Visibility.INTERNAL, shown);
  }
}
