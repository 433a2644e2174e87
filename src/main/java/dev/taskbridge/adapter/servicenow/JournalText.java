package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Journal entries from the text that a record shows, newest first, each under a line such as {@code
 * 2026-03-04 12:15:00 - Ann Lee (Work notes)}. Only for accounts that may not read the journal
 * itself: the times are in the account's zone and format (it should be UTC), a text may hold a line
 * that looks the same, and entries have no ids, so that theirs are made from what they say.
 */
final class JournalText {
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:\\A|\\n\\n)(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}) - ([^\\n]{0,200}?) \\([^()\\n]{1,80}\\)\\n");

  private JournalText() {}

  static List<Comment> read(String sysId, Visibility visibility, String shown) {
    String text = shown.replace("\r\n", "\n").replace('\r', '\n');
    List<Comment> comments = new ArrayList<>();
    Matcher head = HEAD.matcher(text);
    boolean more = head.find();
    while (more) {
      String author = head.group(2);
      Optional<Instant> at = Row.timeOf(head.group(1));
      int from = head.end();
      more = head.find(from);
      String entry = text.substring(from, more ? head.start() : text.length());
      at.ifPresent(time -> comments.add(comment(sysId, visibility, author, time, entry)));
    }
    Collections.reverse(comments);
    return comments;
  }

  private static Comment comment(
      String sysId, Visibility visibility, String author, Instant at, String entry) {
    Marker.Read read = Marker.read(entry);
    String id =
        UUID.nameUUIDFromBytes(
                (sysId + "\n" + visibility + "\n" + at + "\n" + author + "\n" + entry.strip())
                    .getBytes(StandardCharsets.UTF_8))
            .toString();
    return new Comment("text-" + id, author, at, at, read.text(), visibility, read.key());
  }
}
