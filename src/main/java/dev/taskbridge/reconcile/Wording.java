package dev.taskbridge.reconcile;

import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Text;
import java.util.regex.Pattern;

/** Whether two texts are the same words: systems fold blanks, drop line ends and clean markup. */
final class Wording {
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Wording() {}

  static boolean isSame(FieldValue one, FieldValue other) {
    if (!(one instanceof Text first && other instanceof Text second)) {
      return false;
    }
    String words = words(first);
    return !words.isEmpty() && words.equals(words(second));
  }

  /** Whether a side holds what it was asked to hold: in words of its own, a choice by its id. */
  static boolean isAsAsked(FieldValue asked, FieldValue present) {
    return asked.equals(present)
        || isSame(asked, present)
        || (asked instanceof Choice wanted
            && present instanceof Choice there
            && there.isCalled(wanted.label()));
  }

  /** Whether {@code now} has a word that {@code sent} has not; a cut may end inside a word. */
  static boolean saysMore(FieldValue sent, FieldValue now) {
    if (!(sent instanceof Text first && now instanceof Text second)) {
      return false;
    }
    String whole = words(first);
    return NOT_WORDS.splitAsStream(second.text()).anyMatch(word -> !whole.contains(word));
  }

  private static String words(Text text) {
    return NOT_WORDS.matcher(text.text()).replaceAll("");
  }
}
