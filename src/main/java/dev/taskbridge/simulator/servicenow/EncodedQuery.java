package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code sysparm_query} taken apart, before anything is known about tables and fields.
 *
 * <p>{@code a=1^b=2^ORc=3^NQd=4^ORDERBYe} is one branch with {@code a=1} and {@code (b=2 or c=3)},
 * a second branch with {@code d=4}, and one order.
 *
 * @param branches complete queries, any of which may match; never empty
 */
record EncodedQuery(List<Branch> branches, List<Order> orders) {

  /** All of which must match; empty matches everything. */
  record Branch(List<AnyOf> all) {}

  /** One condition with what {@code ^OR} hung on it. */
  record AnyOf(List<Condition> any) {}

  /**
   * @param operator null when the text has none: the platform treats it like an unknown field
   */
  record Condition(String field, @Nullable Operator operator, String value) {}

  record Order(String field, boolean descending) {}

  /**
   * Never fails, as the platform never does: what makes no sense becomes a condition on a field
   * that does not exist.
   *
   * @param caretEscape whether {@code ^^} stands for one {@code ^} inside a value
   */
  static EncodedQuery parse(String text, boolean caretEscape) {
    List<Branch> branches = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    List<AnyOf> branch = new ArrayList<>();
    for (String term : terms(text, caretEscape)) {
      if (term.startsWith("ORDERBYDESC")) {
        orders.add(new Order(term.substring("ORDERBYDESC".length()), true));
      } else if (term.startsWith("ORDERBY")) {
        orders.add(new Order(term.substring("ORDERBY".length()), false));
      } else if (term.startsWith("NQ")) {
        branches.add(new Branch(branch));
        branch = new ArrayList<>();
        if (term.length() > "NQ".length()) {
          branch.add(new AnyOf(List.of(condition(term.substring("NQ".length())))));
        }
      } else if (term.startsWith("OR")) {
        orInto(branch, condition(term.substring("OR".length())));
      } else if (!term.equals("EQ") && !term.startsWith("GROUPBY") && !term.isEmpty()) {
        branch.add(new AnyOf(List.of(condition(term))));
      }
    }
    branches.add(new Branch(branch));
    return new EncodedQuery(branches, orders);
  }

  private static void orInto(List<AnyOf> branch, Condition condition) {
    if (branch.isEmpty()) {
      branch.add(new AnyOf(List.of(condition)));
    } else {
      List<Condition> any = new ArrayList<>(branch.remove(branch.size() - 1).any());
      any.add(condition);
      branch.add(new AnyOf(any));
    }
  }

  private static List<String> terms(String text, boolean caretEscape) {
    List<String> terms = new ArrayList<>();
    StringBuilder term = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == '^';
      if (c != '^') {
        term.append(c);
      } else if (doubled && caretEscape) {
        term.append('^');
        i++;
      } else {
        terms.add(term.toString());
        term.setLength(0);
      }
    }
    terms.add(term.toString());
    return terms;
  }

  private static Condition condition(String term) {
    for (int at = 1; at < term.length(); at++) {
      Operator operator = Operator.startingAt(term, at);
      if (operator != null) {
        return new Condition(
            term.substring(0, at), operator, term.substring(at + operator.symbol().length()));
      }
    }
    return new Condition(term, null, "");
  }
}
