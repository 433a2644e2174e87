package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlProblem.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Stops at the first wrong token and says in people's words what could have stood there. */
final class FirstProblem extends DefaultErrorStrategy {
  private static final List<String> OPERATORS =
      List.of(
          "=",
          "EQ",
          "EQUALS",
          "!=",
          "NE",
          ">",
          "GT",
          "<",
          "LT",
          ">=",
          "GEQ",
          "<=",
          "LEQ",
          "IN",
          "LIKE",
          "CONTAINS",
          "STARTSWITH",
          "ENDSWITH",
          "IS",
          "NOT");

  /** What people write who come from other query languages. */
  private static final Map<String, String> FOREIGN =
      Map.of("NEQ", "NE", "GE", "GEQ", "GTE", "GEQ", "LE", "LEQ", "LTE", "LEQ", "MATCHES", "LIKE");

  /** Carries the problem out of the parser. */
  static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TqlProblem problem;

    Found(TqlProblem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }

    TqlProblem problem() {
      return problem;
    }
  }

  @Override
  public void recover(Parser parser, RecognitionException e) {
    throw new Found(problem(parser));
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new Found(problem(parser));
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {}

  @Override
  public void sync(Parser parser) {}

  private static TqlProblem problem(Parser parser) {
    Token token = parser.getCurrentToken();
    IntervalSet expected = parser.getExpectedTokens();
    if (token.getType() == TqlGrammarLexer.BROKEN_TEXT) {
      return brokenText(token);
    }
    String found = token.getType() == Token.EOF ? "" : token.getText();
    return new TqlProblem(
        Kind.SYNTAX,
        TqlReader.place(token).position(),
        found,
        words(parser, expected),
        nearest(token, expected));
  }

  /** The text before the wrong escape, or the whole rest of the query, is in the token. */
  private static TqlProblem brokenText(Token token) {
    int after = token.getStopIndex() + 1;
    boolean badEscape = after < token.getInputStream().size();
    return new TqlProblem(
        Kind.SYNTAX,
        badEscape ? after + 1 : TqlReader.place(token).position(),
        badEscape ? "\\" : token.getText().substring(0, 1),
        badEscape
            ? "', \", ` or \\ after a backslash; write \\\\ for a backslash itself"
            : "the text that begins here to be closed with the same quote",
        Optional.empty());
  }

  private static String words(Parser parser, IntervalSet expected) {
    if (expected.contains(TqlGrammarLexer.EQUAL)) {
      return "an operator: = != > < >= <= IN LIKE CONTAINS STARTSWITH ENDSWITH (NOT before the"
          + " words negates them), IS NULL, or a bracket after a nested parameter";
    }
    if (expected.contains(TqlGrammarLexer.TEXT)) {
      String list =
          expected.contains(TqlGrammarLexer.LEFT) ? ", or a list of them in brackets" : "";
      return "a value: a quoted text, a number, true or false" + list;
    }
    if (expected.contains(TqlGrammarLexer.NAME)) {
      return "a parameter or an opening bracket";
    }
    if (expected.contains(TqlGrammarLexer.COMMA)) {
      return "a comma or a closing bracket";
    }
    if (expected.contains(TqlGrammarLexer.RIGHT)) {
      return parser.getContext() instanceof TqlGrammarParser.ValuesContext
          ? "a comma or a closing bracket"
          : "AND, OR or a closing bracket";
    }
    if (expected.contains(TqlGrammarLexer.IN)) {
      return "IN, LIKE, CONTAINS, STARTSWITH or ENDSWITH";
    }
    if (expected.contains(TqlGrammarLexer.NULL)) {
      return expected.contains(TqlGrammarLexer.NOT) ? "NULL or NOT NULL" : "NULL";
    }
    return "AND, OR or the end of the query";
  }

  private static Optional<String> nearest(Token token, IntervalSet expected) {
    if (token.getType() != TqlGrammarLexer.NAME) {
      return Optional.empty();
    }
    String word = token.getText();
    if (expected.contains(TqlGrammarLexer.EQUAL) || expected.contains(TqlGrammarLexer.IN)) {
      String foreign = FOREIGN.get(word.toUpperCase(Locale.ROOT));
      return foreign == null ? Nearest.to(word, OPERATORS) : Optional.of(foreign);
    }
    return expected.contains(TqlGrammarLexer.TEXT)
        ? Optional.of('"' + word + '"')
        : Optional.empty();
  }
}
