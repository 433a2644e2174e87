package dev.taskbridge.config.shape;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The candidate closest to {@code word}, if one is close enough to be worth suggesting. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    // A third of the letters wrong still reads as a slip; more than that is another word.
    int most = Math.max(1, (word.length() + 1) / 3);
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** {@code "; did you mean x?"}, or {@code otherwise} when nothing is near. */
  public static String hint(String word, Collection<String> candidates, String otherwise) {
    return to(word, candidates).map(near -> "; did you mean " + near + "?").orElse(otherwise);
  }

  /** Insertions, deletions, replacements and swapped neighbours, case aside. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
