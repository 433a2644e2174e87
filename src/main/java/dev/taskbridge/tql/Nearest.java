package dev.taskbridge.tql;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody meant. */
final class Nearest {
  private Nearest() {}

  /** The closest of {@code known} without regard to case, unless even that is far off. */
  static Optional<String> to(String word, Collection<String> known) {
    int tolerance = Math.max(1, Math.min(word.length(), 24) / 3);
    return known.stream()
        .map(candidate -> new Candidate(candidate, distance(lower(word), lower(candidate))))
        .filter(candidate -> candidate.distance() <= tolerance)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  private record Candidate(String word, int distance) {}

  private static String lower(String word) {
    // No known word is longer, and a pasted novel must not cost a table of its square.
    return word.substring(0, Math.min(word.length(), 64)).toLowerCase(Locale.ROOT);
  }

  /** Edits that turn one word into the other; two neighbours exchanged count as one. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
