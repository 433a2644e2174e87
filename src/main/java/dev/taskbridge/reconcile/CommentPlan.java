package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be written so that each note and each comment stands once on the other side. Pure.
 *
 * <p>A copy is known by its key, which names its original, or by the pairing that is remembered of
 * it; whoever lost both would be a person's own comment.
 */
public final class CommentPlan {

  /**
   * What is remembered of an original and its copy.
   *
   * @param text the original's text as last carried over
   */
  public record Known(
      String key,
      Side from,
      String originalId,
      Optional<String> copyId,
      String text,
      boolean gone) {}

  /** Something to be done. */
  public sealed interface Step {
    String key();

    /** The side that is written. */
    Side to();
  }

  /** A copy is to be made. */
  public record Add(String key, Side to, Comment original) implements Step {}

  /** A copy's text is to follow its original's. */
  public record Edit(String key, Side to, Comment original, String copyId) implements Step {}

  /** The original was deleted, which its copy is to say. */
  public record Retract(String key, Side to, String copyId) implements Step {}

  /** A copy was found that nothing was remembered of. */
  public record Adopt(String key, Side to, Comment original, String copyId) implements Step {}

  private CommentPlan() {}

  /** The key of the copy of a comment that a person wrote. */
  public static String key(Side from, String originalId) {
    return from.word() + "-" + originalId;
  }

  /**
   * The steps that are missing.
   *
   * @param toTicket whether notes are carried to the ticket
   * @param toTask whether comments are carried to the task
   * @param internalToTask whether comments that not everybody may read are carried, too
   */
  public static List<Step> plan(
      List<Comment> notes,
      List<Comment> comments,
      List<Known> known,
      boolean toTicket,
      boolean toTask,
      boolean internalToTask) {
    List<Step> steps = new ArrayList<>();
    if (toTicket) {
      carry(Side.TASK, notes, comments, known, true, steps);
    }
    if (toTask) {
      carry(Side.TICKET, comments, notes, known, internalToTask, steps);
    }
    return steps;
  }

  private static void carry(
      Side from,
      List<Comment> originals,
      List<Comment> others,
      List<Known> known,
      boolean internalToo,
      List<Step> steps) {
    Map<String, Known> byKey = new HashMap<>();
    Set<String> copiesHere = new HashSet<>();
    for (Known each : known) {
      byKey.put(each.key(), each);
      if (each.from() != from) {
        each.copyId().ifPresent(copiesHere::add);
      }
    }
    Map<String, String> copiesThere = new HashMap<>();
    others.forEach(
        comment -> comment.key().ifPresent(key -> copiesThere.putIfAbsent(key, comment.id())));
    Set<String> present = new HashSet<>();
    for (Comment original : originals) {
      present.add(original.id());
      boolean isCopy = original.key().isPresent() || copiesHere.contains(original.id());
      boolean mayBeSeen = internalToo || original.visibility() == Visibility.PUBLIC;
      if (isCopy || !mayBeSeen || original.text().isBlank()) {
        continue;
      }
      String key = key(from, original.id());
      Known pair = byKey.get(key);
      Optional<String> copy =
          Optional.ofNullable(pair)
              .flatMap(Known::copyId)
              .or(() -> Optional.ofNullable(copiesThere.get(key)));
      if (copy.isEmpty()) {
        steps.add(new Add(key, from.other(), original));
      } else if (pair == null || pair.copyId().isEmpty()) {
        steps.add(new Adopt(key, from.other(), original, copy.get()));
      } else if (!pair.text().equals(original.text())) {
        steps.add(new Edit(key, from.other(), original, copy.get()));
      }
    }
    for (Known pair : known) {
      if (pair.from() == from
          && !pair.gone()
          && pair.copyId().isPresent()
          && !present.contains(pair.originalId())) {
        steps.add(new Retract(pair.key(), from.other(), pair.copyId().get()));
      }
    }
  }
}
