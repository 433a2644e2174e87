package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.Comparison;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Name;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import dev.taskbridge.tql.TqlExpression.TextOperator;
import dev.taskbridge.tql.TqlGrammarParser.CompareContext;
import dev.taskbridge.tql.TqlGrammarParser.GroupContext;
import dev.taskbridge.tql.TqlGrammarParser.MatchContext;
import dev.taskbridge.tql.TqlGrammarParser.NegatableContext;
import dev.taskbridge.tql.TqlGrammarParser.NestedContext;
import dev.taskbridge.tql.TqlGrammarParser.NullTestContext;
import dev.taskbridge.tql.TqlGrammarParser.PrimaryContext;
import dev.taskbridge.tql.TqlGrammarParser.RestContext;
import dev.taskbridge.tql.TqlGrammarParser.TermContext;
import dev.taskbridge.tql.TqlGrammarParser.ValueContext;
import dev.taskbridge.tql.TqlProblem.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/** Text to expression, or to the first problem. */
final class TqlReader {
  /**
   * Deeper brackets are refused, so that no text can exhaust the stack of the parser or of anything
   * that walks the tree afterwards. People nest three or four deep.
   */
  static final int DEEPEST = 100;

  private TqlReader() {}

  static TqlResult read(String query) {
    TqlGrammarLexer lexer = new TqlGrammarLexer(CharStreams.fromString(query));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    Optional<TqlProblem> tooDeep = tooDeep(tokens.getTokens());
    if (tooDeep.isPresent()) {
      return new TqlResult.Failure(tooDeep.get());
    }
    TqlGrammarParser parser = new TqlGrammarParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new FirstProblem());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return new TqlResult.Query(anyOf(parser.query().anyOf()));
    } catch (FirstProblem.Found found) {
      return new TqlResult.Failure(found.problem());
    }
  }

  static Place place(Token token) {
    return new Place(token.getStartIndex() + 1);
  }

  private static Optional<TqlProblem> tooDeep(List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      if (token.getType() == TqlGrammarLexer.LEFT && ++depth > DEEPEST) {
        return Optional.of(
            new TqlProblem(
                Kind.SYNTAX,
                place(token).position(),
                "(",
                "at most " + DEEPEST + " brackets inside each other",
                Optional.empty()));
      } else if (token.getType() == TqlGrammarLexer.RIGHT) {
        depth--;
      }
    }
    return Optional.empty();
  }

  private static TqlExpression anyOf(TqlGrammarParser.AnyOfContext context) {
    List<TqlExpression> parts = context.allOf().stream().map(TqlReader::allOf).toList();
    return parts.size() == 1 ? parts.get(0) : new AnyOf(parts);
  }

  private static TqlExpression allOf(TqlGrammarParser.AllOfContext context) {
    List<TqlExpression> parts = context.negatable().stream().map(TqlReader::negatable).toList();
    return parts.size() == 1 ? parts.get(0) : new AllOf(parts);
  }

  private static TqlExpression negatable(NegatableContext context) {
    TqlExpression primary = primary(context.primary());
    return context.NOT() == null ? primary : new Not(primary);
  }

  private static TqlExpression primary(PrimaryContext context) {
    if (context instanceof GroupContext group) {
      return anyOf(group.anyOf());
    }
    TermContext term = (TermContext) context;
    Token token = term.NAME().getSymbol();
    return rest(new Name(token.getText(), place(token)), term.rest());
  }

  private static TqlExpression rest(Name name, RestContext context) {
    if (context instanceof NestedContext nested) {
      return new Nested(name, anyOf(nested.anyOf()));
    }
    if (context instanceof CompareContext compare) {
      return new Compare(
          name, comparison(compare.comparison().getStart().getType()), value(compare.value()));
    }
    if (context instanceof MatchContext match) {
      boolean negated = match.NOT() != null;
      List<TqlValue> values = match.values().value().stream().map(TqlReader::value).toList();
      return match.IN() != null
          ? new In(name, negated, values)
          : new TextMatch(
              name, negated, textOperator(match.textMatch().getStart().getType()), values);
    }
    return new NullTest(name, ((NullTestContext) context).NOT() != null);
  }

  private static Comparison comparison(int token) {
    return switch (token) {
      case TqlGrammarLexer.EQUAL -> Comparison.EQUAL;
      case TqlGrammarLexer.UNEQUAL -> Comparison.UNEQUAL;
      case TqlGrammarLexer.GREATER -> Comparison.GREATER;
      case TqlGrammarLexer.LESS -> Comparison.LESS;
      case TqlGrammarLexer.AT_LEAST -> Comparison.AT_LEAST;
      case TqlGrammarLexer.AT_MOST -> Comparison.AT_MOST;
      default -> throw new IllegalStateException("no comparison: token " + token);
    };
  }

  private static TextOperator textOperator(int token) {
    return switch (token) {
      case TqlGrammarLexer.LIKE -> TextOperator.LIKE;
      case TqlGrammarLexer.CONTAINS -> TextOperator.CONTAINS;
      case TqlGrammarLexer.STARTSWITH -> TextOperator.STARTSWITH;
      case TqlGrammarLexer.ENDSWITH -> TextOperator.ENDSWITH;
      default -> throw new IllegalStateException("no text operator: token " + token);
    };
  }

  private static TqlValue value(ValueContext context) {
    Token token = context.getStart();
    return switch (token.getType()) {
      case TqlGrammarLexer.TEXT -> new TqlValue.Text(unescaped(token.getText()), place(token));
      case TqlGrammarLexer.NUMBER ->
          new TqlValue.Number(new BigDecimal(token.getText()), place(token));
      case TqlGrammarLexer.TRUE -> new TqlValue.Truth(true, place(token));
      case TqlGrammarLexer.FALSE -> new TqlValue.Truth(false, place(token));
      default -> throw new IllegalStateException("no value: " + token);
    };
  }

  private static String unescaped(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      if (quoted.charAt(i) == '\\') {
        i++;
      }
      text.append(quoted.charAt(i));
    }
    return text.toString();
  }
}
