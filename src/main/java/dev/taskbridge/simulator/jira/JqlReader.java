package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlClause.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Text to query. */
final class JqlReader {
  // The list Atlassian publishes under "Advanced searching: reserved words".
  private static final Set<String> RESERVED =
      Set.of(
          ("abort access add after alias all alter and any as asc audit avg before begin"
                  + " between boolean break by byte catch cf char character check checkpoint"
                  + " collate collation column commit connect continue count create current date"
                  + " decimal declare decrement default defaults define delete delimiter desc"
                  + " difference distinct divide do double drop else empty encoding end equals"
                  + " escape exclusive exec execute exists explain false fetch file field first"
                  + " float for from function go goto grant greater group having identified if"
                  + " immediate in increment index initial inner inout input insert int integer"
                  + " intersect intersection into is isempty isnull join last left less like"
                  + " limit lock long max min minus mode modify modulo more multiply next"
                  + " noaudit not notin nowait null number object of on option or order outer"
                  + " output power previous prior privileges public raise raw remainder rename"
                  + " resource return returns revoke right row rowid rownum rows select session"
                  + " set share size sqrt start strict string subtract sum synonym table"
                  + " then to trans transaction trigger true uid"
                  + " union unique update user validate values view was when whenever where while"
                  + " with")
              .split(" "));

  private JqlReader() {}

  /** A query that cannot be read. */
  static final class BadJql extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Wording wording;
    final String[] values;

    BadJql(Wording wording, String... values) {
      super(wording + " " + String.join(", ", values), null, false, false);
      this.wording = wording;
      this.values = values;
    }
  }

  /**
   * @throws BadJql saying where and why it is no query
   */
  static JqlClause.Query read(String jql) {
    JqlLexer lexer = new JqlLexer(CharStreams.fromString(jql));
    lexer.removeErrorListeners();
    lexer.addErrorListener(new Strict());
    JqlParser parser = new JqlParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(new Strict());
    JqlParser.QueryContext query = parser.query();
    List<JqlClause.Sort> sorts = new ArrayList<>();
    if (query.ordering() != null) {
      for (JqlParser.SortContext sort : query.ordering().sort()) {
        sorts.add(new JqlClause.Sort(field(sort.field()), sort.DESC() != null));
      }
    }
    JqlParser.DisjunctionContext clause = query.disjunction();
    return new JqlClause.Query(
        clause == null ? null : new Builder().visitDisjunction(clause), sorts);
  }

  private static final class Strict extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException e) {
      throw new BadJql(
          Wording.JQL_SYNTAX, message + " (line " + line + ", character " + (column + 1) + ")");
    }
  }

  private static final class Builder extends JqlBaseVisitor<JqlClause> {
    @Override
    public JqlClause visitDisjunction(JqlParser.DisjunctionContext ctx) {
      List<JqlClause> parts = ctx.conjunction().stream().map(this::visit).toList();
      return parts.size() == 1 ? parts.get(0) : new JqlClause.Any(parts);
    }

    @Override
    public JqlClause visitConjunction(JqlParser.ConjunctionContext ctx) {
      List<JqlClause> parts = ctx.negation().stream().map(this::visit).toList();
      return parts.size() == 1 ? parts.get(0) : new JqlClause.All(parts);
    }

    @Override
    public JqlClause visitNot(JqlParser.NotContext ctx) {
      return new JqlClause.Not(visit(ctx.negation()));
    }

    @Override
    public JqlClause visitGroup(JqlParser.GroupContext ctx) {
      return visit(ctx.disjunction());
    }

    @Override
    public JqlClause visitSingle(JqlParser.SingleContext ctx) {
      return visit(ctx.restriction());
    }

    @Override
    public JqlClause visitCompare(JqlParser.CompareContext ctx) {
      return new JqlClause.Restriction(
          field(ctx.field()),
          Operator.of(ctx.comparison().getText()),
          List.of(operand(ctx.operand())));
    }

    @Override
    public JqlClause visitAmong(JqlParser.AmongContext ctx) {
      List<Operand> operands =
          ctx.list() == null
              ? List.of(function(ctx.function()))
              : ctx.list().operand().stream().map(JqlReader::operand).toList();
      return new JqlClause.Restriction(
          field(ctx.field()), ctx.NOT() == null ? Operator.IN : Operator.NOT_IN, operands);
    }

    @Override
    public JqlClause visitEmptiness(JqlParser.EmptinessContext ctx) {
      return new JqlClause.Restriction(
          field(ctx.field()),
          ctx.NOT() == null ? Operator.IS : Operator.IS_NOT,
          List.of(new Operand(Operand.Kind.EMPTY, "EMPTY", List.of())));
    }

    @Override
    public JqlClause visitBareWords(JqlParser.BareWordsContext ctx) {
      return new JqlClause.Words(
          String.join(" ", ctx.value().stream().map(value -> value(value).text()).toList()));
    }
  }

  private static String field(JqlParser.FieldContext ctx) {
    if (ctx instanceof JqlParser.CustomFieldContext custom) {
      return "cf[" + custom.NUMBER().getText() + "]";
    }
    return value(((JqlParser.NamedFieldContext) ctx).value()).text();
  }

  private static Operand operand(JqlParser.OperandContext ctx) {
    if (ctx.function() != null) {
      return function(ctx.function());
    }
    return ctx.value() == null
        ? new Operand(Operand.Kind.EMPTY, "EMPTY", List.of())
        : value(ctx.value());
  }

  private static Operand function(JqlParser.FunctionContext ctx) {
    return new Operand(
        Operand.Kind.FUNCTION,
        ctx.getStart().getText(),
        ctx.value().stream().map(value -> value(value).text()).toList());
  }

  private static Operand value(JqlParser.ValueContext ctx) {
    TerminalNode quoted = ctx.STRING();
    if (quoted != null) {
      String text = quoted.getText();
      return new Operand(
          Operand.Kind.QUOTED, unescaped(text.substring(1, text.length() - 1)), List.of());
    }
    String text = ctx.getText();
    if (ctx.WORD() != null && RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
      throw new BadJql(Wording.JQL_RESERVED, text);
    }
    return new Operand(
        ctx.NUMBER() == null ? Operand.Kind.WORD : Operand.Kind.NUMBER, unescaped(text), List.of());
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      if (i >= text.length()) {
        throw new BadJql(Wording.JQL_SYNTAX, "a backslash at the end of " + text);
      }
      char escaped = text.charAt(i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'u' -> {
          if (i + 4 >= text.length() || !text.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
            throw new BadJql(Wording.JQL_SYNTAX, "\\u needs four hexadecimal digits in " + text);
          }
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        case '\\', '"', '\'', ' ' -> out.append(escaped);
        default ->
            throw new BadJql(Wording.JQL_SYNTAX, "'\\" + escaped + "' is an illegal JQL escape");
      }
    }
    return out.toString();
  }
}
