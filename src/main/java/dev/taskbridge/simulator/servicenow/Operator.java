package dev.taskbridge.simulator.servicenow;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operators of encoded queries. Field names are lower case, so a word cannot be part of one.
 */
enum Operator {
  EQUALS("="),
  NOT_EQUALS("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LIKE("LIKE"),
  LIKE_STAR("*"),
  NOT_LIKE("NOT LIKE"),
  NOT_LIKE_STAR("!*"),
  STARTS_WITH("STARTSWITH"),
  ENDS_WITH("ENDSWITH"),
  ENDS_WITH_PERCENT("%"),
  IN("IN"),
  NOT_IN("NOT IN"),
  IS_EMPTY("ISEMPTY"),
  EMPTY("EMPTY"),
  IS_NOT_EMPTY("ISNOTEMPTY"),
  NOT_EMPTY("NOTEMPTY"),
  EMPTY_STRING("EMPTYSTRING"),
  ANYTHING("ANYTHING"),
  BETWEEN("BETWEEN"),
  ON("ON"),
  NOT_ON("NOTON"),
  SAME_AS("SAMEAS"),
  NOT_SAME_AS("NSAMEAS"),
  GREATER_FIELD("GT_FIELD"),
  LESS_FIELD("LT_FIELD"),
  GREATER_OR_EQUAL_FIELD("GT_OR_EQUALS_FIELD"),
  LESS_OR_EQUAL_FIELD("LT_OR_EQUALS_FIELD"),
  DYNAMIC("DYNAMIC"),
  INSTANCE_OF("INSTANCEOF"),
  RELATIVE_AFTER("RELATIVEGT"),
  RELATIVE_ON_OR_AFTER("RELATIVEGE"),
  RELATIVE_BEFORE("RELATIVELT"),
  RELATIVE_ON_OR_BEFORE("RELATIVELE"),

  // Understood as operators, so that their term is not taken for an unknown field; match nothing.
  RELATIVE_EXACT("RELATIVEEE"),
  DATE_PART("DATEPART"),
  MORE_THAN("MORETHAN"),
  LESS_THAN("LESSTHAN");

  /** {@code ISEMPTY} before {@code IN}, {@code <=} before {@code <}. */
  private static final List<Operator> LONGEST_FIRST =
      Arrays.stream(values())
          .sorted(Comparator.comparingInt((Operator o) -> o.symbol.length()).reversed())
          .toList();

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  static @Nullable Operator startingAt(String text, int at) {
    for (Operator operator : LONGEST_FIRST) {
      if (text.startsWith(operator.symbol, at)) {
        return operator;
      }
    }
    return null;
  }
}
