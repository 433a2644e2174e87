package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Work that somebody did on an issue. */
record Worklog(
    long id,
    User author,
    User updateAuthor,
    @Nullable RichText comment,
    Instant started,
    Instant created,
    Instant updated,
    Duration spent) {
  private static final Pattern SPENT = Pattern.compile("\\s*(\\d+)([wdhm])");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = HOUR.multipliedBy(8);
  private static final Duration WEEK = DAY.multipliedBy(5);

  /** Such as {@code 1d 4h}, in working days and weeks as the product has them by default. */
  static Optional<Duration> duration(String text) {
    Matcher part = SPENT.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.lookingAt()) {
      long amount = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "w" -> WEEK.multipliedBy(amount);
                case "d" -> DAY.multipliedBy(amount);
                case "h" -> HOUR.multipliedBy(amount);
                default -> Duration.ofMinutes(amount);
              });
      end = part.end();
      part.region(end, text.length());
    }
    return sum.isZero() || !text.substring(end).isBlank() ? Optional.empty() : Optional.of(sum);
  }

  private String spentText() {
    List<String> parts = new ArrayList<>();
    Duration rest = spent;
    for (var unit : List.of(new Unit("w", WEEK), new Unit("d", DAY), new Unit("h", HOUR))) {
      long amount = rest.dividedBy(unit.length());
      if (amount > 0) {
        parts.add(amount + unit.letter());
        rest = rest.minus(unit.length().multipliedBy(amount));
      }
    }
    if (parts.isEmpty() || rest.toMinutes() > 0) {
      parts.add(rest.toMinutes() + "m");
    }
    return String.join(" ", parts);
  }

  private record Unit(String letter, Duration length) {}

  JsonObject show(View view, Issue issue) {
    JsonObject json =
        new JsonObject()
            .put("self", view.self("issue/" + issue.id() + "/worklog/" + id))
            .put("author", view.user(author))
            .put("updateAuthor", view.user(updateAuthor))
            .put("created", view.time(created))
            .put("updated", view.time(updated))
            .put("started", view.time(started))
            .put("timeSpent", spentText())
            .put("timeSpentSeconds", spent.toSeconds())
            .put("id", String.valueOf(id))
            .put("issueId", String.valueOf(issue.id()));
    return comment == null ? json : json.put("comment", view.text(comment));
  }
}
