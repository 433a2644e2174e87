package dev.taskbridge.simulator.jira;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Text search: words, not exact strings, and what is neither letter nor digit is ignored. */
final class JqlText {
  private JqlText() {}

  static boolean matches(String text, String wanted) {
    List<String> have = words(text, false);
    String inner = wanted.strip();
    if (inner.length() > 1 && inner.startsWith("\"") && inner.endsWith("\"")) {
      return Collections.indexOfSubList(have, words(inner, false)) >= 0;
    }
    List<String> need = words(inner, true);
    return !need.isEmpty() && need.stream().allMatch(word -> has(have, word));
  }

  private static boolean has(List<String> have, String word) {
    if (word.endsWith("*")) {
      String start = word.substring(0, word.length() - 1);
      return have.stream().anyMatch(each -> each.startsWith(start));
    }
    return have.contains(word);
  }

  private static List<String> words(String text, boolean wildcards) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        word.append(c);
      } else {
        boolean prefix = wildcards && c == '*' && word.length() > 0;
        if (prefix) {
          word.append('*');
        }
        flush(word, words);
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }
}
