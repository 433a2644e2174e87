package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.servicenow.RowSearch.Candidates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** One condition of a query with its field looked up and its operand made ready. */
final class FieldCondition {
  private static final String ME = "90d1921e5f510100a9ad2572f2b477fe";
  private static final String TEXT_SEARCH = "123TEXTQUERY321";

  private final FieldPath path;
  private final Operator operator;
  private final String operand;
  private final Predicate<Row> predicate;

  private FieldCondition(
      FieldPath path, Operator operator, String operand, Predicate<Row> predicate) {
    this.path = path;
    this.operator = operator;
    this.operand = operand;
    this.predicate = predicate;
  }

  /** Empty if the table has no such field: the platform then drops the condition. */
  static Optional<FieldCondition> of(
      Instance instance, String table, EncodedQuery.Condition condition, Session session) {
    Operator operator = condition.operator();
    if (operator == null) {
      return Optional.empty();
    }
    if (condition.field().equals(TEXT_SEARCH)) {
      return FieldPath.of(instance, table, "sys_id")
          .map(
              path ->
                  new FieldCondition(
                      path,
                      Operator.LIKE,
                      condition.value(),
                      row -> anyTextContains(row, lower(condition.value()))));
    }
    return FieldPath.of(instance, table, condition.field())
        .map(path -> of(instance, table, path, operator, condition.value(), session));
  }

  private static FieldCondition of(
      Instance instance,
      String table,
      FieldPath path,
      Operator operator,
      String given,
      Session session) {
    Optional<String> operand = Optional.of(given);
    boolean severalOperands = operator == Operator.BETWEEN;
    if (given.startsWith(ScriptValue.PREFIX) && !severalOperands) {
      operand = ScriptValue.of(given, session, instance.clock.instant());
    }
    Predicate<Row> predicate =
        operand
            .map(value -> predicate(instance, table, path, operator, value, session))
            .orElse(row -> false);
    return new FieldCondition(path, operator, operand.orElse(given), predicate);
  }

  boolean matches(Row row) {
    return predicate.test(row);
  }

  /** The field of the asked table that the condition starts from. */
  String firstField() {
    return path.fields().get(0).name();
  }

  /** Rows among which all matches are, where an index knows. */
  Optional<Candidates> candidates(Rows rows) {
    if (!path.isDirect() || operand.isEmpty()) {
      return Optional.empty();
    }
    String field = path.last().name();
    boolean list = operator == Operator.IN;
    if ((list || operator == Operator.EQUALS) && !operand.equals("NULL")) {
      if (field.equals("sys_id")) {
        List<Row> found = new ArrayList<>();
        for (String id : list ? new HashSet<>(items(operand)) : Set.of(lower(operand))) {
          Row row = rows.byId(id);
          if (row != null) {
            found.add(row);
          }
        }
        return Optional.of(new Candidates(found, found.size()));
      }
      if (Rows.INDEXED.contains(field)) {
        List<Row> found = new ArrayList<>();
        for (String value : list ? new HashSet<>(items(operand)) : Set.of(lower(operand))) {
          found.addAll(rows.withValue(field, value));
        }
        return Optional.of(new Candidates(found, found.size()));
      }
    }
    return field.equals("sys_updated_on") && Times.instant(operand).isPresent()
        ? stretch(rows)
        : Optional.empty();
  }

  private Optional<Candidates> stretch(Rows rows) {
    int atMost = Math.max(0, rows.size() - 1);
    return switch (operator) {
      case EQUALS -> Optional.of(new Candidates(rows.updatedBetween(operand, operand), atMost));
      case GREATER, GREATER_OR_EQUAL ->
          Optional.of(new Candidates(rows.updatedBetween(operand, ""), atMost));
      case LESS, LESS_OR_EQUAL ->
          Optional.of(new Candidates(rows.updatedBetween("", operand), atMost));
      default -> Optional.empty();
    };
  }

  private static Predicate<Row> predicate(
      Instance instance,
      String table,
      FieldPath path,
      Operator operator,
      String operand,
      Session session) {
    boolean nothing = operand.isEmpty() || operand.equals("NULL");
    return switch (operator) {
      case EQUALS -> nothing ? empty(path) : equalTo(path, operand);
      case NOT_EQUALS ->
          nothing ? empty(path).negate() : not(instance, path, equalTo(path, operand));
      case LESS -> compared(path, operand, c -> c < 0, true);
      case LESS_OR_EQUAL -> compared(path, operand, c -> c <= 0, false);
      case GREATER -> compared(path, operand, c -> c > 0, false);
      case GREATER_OR_EQUAL -> compared(path, operand, c -> c >= 0, true);
      case LIKE, LIKE_STAR -> row -> lower(path.text(row)).contains(lower(operand));
      case NOT_LIKE, NOT_LIKE_STAR ->
          not(instance, path, row -> lower(path.text(row)).contains(lower(operand)));
      case STARTS_WITH -> row -> lower(path.text(row)).startsWith(lower(operand));
      case ENDS_WITH, ENDS_WITH_PERCENT -> row -> lower(path.text(row)).endsWith(lower(operand));
      case IN -> in(path, operand);
      case NOT_IN -> not(instance, path, in(path, operand));
      case IS_EMPTY, EMPTY, EMPTY_STRING -> empty(path);
      case IS_NOT_EMPTY, NOT_EMPTY -> empty(path).negate();
      case ANYTHING -> row -> true;
      case BETWEEN -> between(path, operand, session, instance.clock.instant());
      case ON -> on(path, operand, session, instance.clock.instant());
      case NOT_ON -> on(path, operand, session, instance.clock.instant()).negate();
      case SAME_AS -> fields(instance, table, path, operand, c -> c == 0);
      case NOT_SAME_AS -> fields(instance, table, path, operand, c -> c != 0);
      case GREATER_FIELD -> fields(instance, table, path, operand, c -> c > 0);
      case LESS_FIELD -> fields(instance, table, path, operand, c -> c < 0);
      case GREATER_OR_EQUAL_FIELD -> fields(instance, table, path, operand, c -> c >= 0);
      case LESS_OR_EQUAL_FIELD -> fields(instance, table, path, operand, c -> c <= 0);
      case DYNAMIC -> row -> operand.equals(ME) && path.value(row).equals(session.userId());
      case INSTANCE_OF ->
          row -> instance.schema.has(operand) && instance.schema.isA(path.value(row), operand);
      case RELATIVE_AFTER, RELATIVE_ON_OR_AFTER ->
          relative(path, operand, instance.clock.instant(), true);
      case RELATIVE_BEFORE, RELATIVE_ON_OR_BEFORE ->
          relative(path, operand, instance.clock.instant(), false);
      case RELATIVE_EXACT, DATE_PART, MORE_THAN, LESS_THAN -> row -> false;
    };
  }

  private static Predicate<Row> empty(FieldPath path) {
    return row -> path.value(row).isEmpty();
  }

  /** SQL's three-valued logic: what is empty is neither equal nor unequal, except for booleans. */
  private static Predicate<Row> not(Instance instance, FieldPath path, Predicate<Row> predicate) {
    return path.last().isBoolean() || instance.switches.on(Trap.NOT_EQUALS_INCLUDES_EMPTY)
        ? predicate.negate()
        : row -> !path.value(row).isEmpty() && !predicate.test(row);
  }

  private static Predicate<Row> equalTo(FieldPath path, String operand) {
    Field field = path.last();
    if (field.isInteger()) {
      OptionalLong number = Numbers.parse(operand);
      return row -> number.isPresent() && number.equals(Numbers.parse(path.value(row)));
    }
    if (field.isBoolean()) {
      String bool = bool(operand);
      return row -> bool(path.value(row)).equals(bool);
    }
    if (field.isDateTime() && Times.day(operand).isPresent()) {
      return row -> path.value(row).startsWith(operand);
    }
    return row -> path.value(row).equalsIgnoreCase(operand);
  }

  private static String bool(String text) {
    String lower = lower(text.strip());
    return lower.equals("1") ? "true" : lower.isEmpty() || lower.equals("0") ? "false" : lower;
  }

  private static Predicate<Row> in(FieldPath path, String operand) {
    Set<String> items = new HashSet<>(items(operand));
    return row -> {
      String value = path.value(row);
      return !value.isEmpty() && items.contains(lower(value));
    };
  }

  /**
   * @param startOfDay what a day without a time stands for: its first second, else its last
   */
  private static Predicate<Row> compared(
      FieldPath path, String operand, Predicate<Integer> sign, boolean startOfDay) {
    Field field = path.last();
    if (field.isInteger()) {
      OptionalLong number = Numbers.parse(operand);
      return row -> {
        OptionalLong value = Numbers.parse(path.value(row));
        return number.isPresent()
            && value.isPresent()
            && sign.test(Long.compare(value.getAsLong(), number.getAsLong()));
      };
    }
    String literal = lower(operand);
    if (field.isDateTime()) {
      if (Times.day(operand).isPresent()) {
        literal = operand + (startOfDay ? " 00:00:00" : " 23:59:59");
      } else if (Times.instant(operand).isEmpty()) {
        return row -> false;
      }
    }
    String limit = literal;
    return row -> {
      String value = path.value(row);
      return !value.isEmpty() && sign.test(lower(value).compareTo(limit));
    };
  }

  private static Predicate<Row> between(
      FieldPath path, String operand, Session session, Instant now) {
    String[] ends = operand.split("@", -1);
    if (ends.length != 2) {
      return row -> false;
    }
    Optional<String> from = evaluated(ends[0], session, now);
    Optional<String> to = evaluated(ends[1], session, now);
    return from.isEmpty() || to.isEmpty()
        ? row -> false
        : compared(path, from.get(), c -> c >= 0, true)
            .and(compared(path, to.get(), c -> c <= 0, false));
  }

  /**
   * {@code Today@javascript:gs.beginningOfToday()@javascript:gs.endOfToday()}, {@code Today} alone,
   * or a day.
   */
  private static Predicate<Row> on(FieldPath path, String operand, Session session, Instant now) {
    String[] parts = operand.split("@", -1);
    if (parts.length == 3) {
      return between(path, parts[1] + "@" + parts[2], session, now);
    }
    return Times.day(operand).isPresent()
        ? row -> path.value(row).startsWith(operand)
        : between(
            path,
            "javascript:gs.beginningOf" + operand + "()@javascript:gs.endOf" + operand + "()",
            session,
            now);
  }

  private static Optional<String> evaluated(String text, Session session, Instant now) {
    return text.startsWith(ScriptValue.PREFIX)
        ? ScriptValue.of(text, session, now)
        : Optional.of(text);
  }

  /** {@code @hour@ago@3}. */
  private static Predicate<Row> relative(
      FieldPath path, String operand, Instant now, boolean after) {
    List<String> parts = Arrays.stream(operand.split("@")).filter(p -> !p.isEmpty()).toList();
    OptionalLong amount = parts.size() == 3 ? Numbers.parse(parts.get(2)) : OptionalLong.empty();
    if (amount.isEmpty()) {
      return row -> false;
    }
    Duration distance =
        switch (parts.get(0)) {
          case "minute" -> Duration.ofMinutes(amount.getAsLong());
          case "hour" -> Duration.ofHours(amount.getAsLong());
          default -> Duration.ofDays(amount.getAsLong());
        };
    String limit =
        Times.stored(parts.get(1).equals("ago") ? now.minus(distance) : now.plus(distance));
    return after
        ? compared(path, limit, c -> c >= 0, true)
        : compared(path, limit, c -> c <= 0, true);
  }

  private static Predicate<Row> fields(
      Instance instance, String table, FieldPath path, String other, Predicate<Integer> sign) {
    FieldPath second = FieldPath.of(instance, table, other).orElse(null);
    if (second == null) {
      return row -> false;
    }
    boolean numbers = path.last().isInteger() && second.last().isInteger();
    return row ->
        sign.test(
            numbers
                ? Long.compare(
                    Numbers.orLowest(path.value(row)), Numbers.orLowest(second.value(row)))
                : lower(path.value(row)).compareTo(lower(second.value(row))));
  }

  private static boolean anyTextContains(Row row, String words) {
    return row.copyOfValues().values().stream().anyMatch(value -> lower(value).contains(words));
  }

  private static List<String> items(String operand) {
    return Arrays.stream(operand.split(",")).map(item -> lower(item.strip())).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
