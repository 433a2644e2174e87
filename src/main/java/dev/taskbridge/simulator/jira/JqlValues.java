package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlClause.Operator;
import dev.taskbridge.simulator.jira.JqlClause.Restriction;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Restrictions by what a field holds.
 *
 * @param user null for nobody
 */
record JqlValues(Site site, @Nullable User user, JqlDates dates) {

  /** Only {@code ~} and emptiness: text is searched, never compared. */
  JqlMatch text(Restriction r, Function<Issue, String> textOf) {
    Predicate<Issue> empty = issue -> textOf.apply(issue).isEmpty();
    if (r.operator() == Operator.LIKE || r.operator() == Operator.NOT_LIKE) {
      String wanted = r.operands().get(0).text();
      Predicate<Issue> like = issue -> JqlText.matches(textOf.apply(issue), wanted);
      return JqlMatch.of(r.operator() == Operator.LIKE ? like : like.negate().and(empty.negate()));
    }
    if (!JqlMatch.values(r).isEmpty()) {
      throw JqlMatch.unsupported(r);
    }
    return JqlMatch.equality(r, empty, issue -> false);
  }

  <N extends Named> JqlMatch named(Restriction r, String fieldId, List<N> choices) {
    List<N> wanted = new ArrayList<>();
    for (Operand operand : JqlMatch.values(r)) {
      wanted.add(choice(choices, operand.text(), r.field()));
    }
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Predicate<Issue> matches =
        issue -> issue.value(fieldId) instanceof Named value && wanted.contains(value);
    if (!fieldId.equals("priority")) {
      return JqlMatch.equality(r, empty, matches);
    }
    // The first priority is the highest.
    return JqlMatch.order(
        r,
        empty,
        matches,
        issue ->
            issue.value(fieldId) instanceof Choice value
                ? (Integer) (choices.indexOf(wanted.get(0)) - choices.indexOf(value))
                : null);
  }

  private static <N extends Named> N choice(List<N> choices, String text, String field) {
    return choices.stream()
        .filter(each -> each.id().equals(text) || each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new BadJql(Wording.JQL_VALUE, text, field));
  }

  JqlMatch several(Restriction r, String fieldId, List<Choice> choices) {
    List<Choice> wanted =
        JqlMatch.values(r).stream().map(o -> choice(choices, o.text(), r.field())).toList();
    return JqlMatch.equality(
        r,
        issue -> issue.value(fieldId) == null,
        issue ->
            issue.value(fieldId) instanceof List<?> have
                && have.stream().anyMatch(wanted::contains));
  }

  JqlMatch category(Restriction r) {
    Set<StatusCategory> wanted = new HashSet<>();
    for (Operand operand : JqlMatch.values(r)) {
      wanted.add(
          List.of(StatusCategory.values()).stream()
              .filter(
                  each ->
                      each.label.equalsIgnoreCase(operand.text())
                          || each.key.equalsIgnoreCase(operand.text())
                          || String.valueOf(each.id).equals(operand.text()))
              .findFirst()
              .orElseThrow(() -> new BadJql(Wording.JQL_VALUE, operand.text(), r.field())));
    }
    return JqlMatch.equality(
        r, issue -> false, issue -> wanted.contains(issue.status().category()));
  }

  JqlMatch labels(Restriction r) {
    Set<String> wanted = new HashSet<>();
    Set<Long> candidates = new HashSet<>();
    for (Operand operand : JqlMatch.values(r)) {
      wanted.add(SearchIndex.fold(operand.text()));
      candidates.addAll(site.issues().index().withLabel(operand.text()));
    }
    JqlMatch test =
        JqlMatch.equality(
            r,
            issue -> issue.labels().isEmpty(),
            issue -> issue.labels().stream().map(SearchIndex::fold).anyMatch(wanted::contains));
    return JqlMatch.onlyThose(r) ? new JqlMatch(test.test(), candidates) : test;
  }

  JqlMatch people(Restriction r, String fieldId) {
    Set<User> wanted = new HashSet<>();
    for (Operand operand : JqlMatch.values(r)) {
      wanted.addAll(person(operand, r.field()));
    }
    return JqlMatch.equality(
        r,
        issue -> issue.value(fieldId) == null,
        issue -> issue.value(fieldId) instanceof User value && wanted.contains(value));
  }

  private List<User> person(Operand operand, String field) {
    if (operand.kind() == Operand.Kind.FUNCTION) {
      return switch (operand.text().toLowerCase(Locale.ROOT)) {
        case "currentuser" -> user == null ? List.of() : List.of(user);
        case "membersof" -> {
          String group = operand.arguments().isEmpty() ? "" : operand.arguments().get(0);
          if (!site.people().groups().contains(group)) {
            throw new BadJql(Wording.JQL_VALUE, group, "membersOf");
          }
          yield site.people().members(group);
        }
        default -> throw new BadJql(Wording.JQL_FUNCTION, operand.text());
      };
    }
    return List.of(
        site.people()
            .anyId(operand.text())
            .orElseThrow(() -> new BadJql(Wording.JQL_VALUE, operand.text(), field)));
  }

  JqlMatch moments(Restriction r, Function<Issue, @Nullable Instant> momentOf) {
    List<JqlDates.Span> spans =
        JqlMatch.values(r).stream().map(operand -> dates.read(operand, r.field())).toList();
    return JqlMatch.order(
        r,
        issue -> momentOf.apply(issue) == null,
        issue -> spans.stream().anyMatch(span -> within(momentOf.apply(issue), span)),
        issue -> {
          Instant value = momentOf.apply(issue);
          return value == null ? null : (Integer) value.compareTo(spans.get(0).start());
        });
  }

  private static boolean within(@Nullable Instant value, JqlDates.Span span) {
    return value != null
        && !value.isBefore(span.start())
        && value.isBefore(span.start().plus(span.length()));
  }

  JqlMatch days(Restriction r, String fieldId) {
    List<LocalDate> wanted =
        JqlMatch.values(r).stream()
            .map(operand -> dates.read(operand, r.field()).start())
            .map(start -> LocalDate.ofInstant(start, dates.zone()))
            .toList();
    return JqlMatch.order(
        r,
        issue -> issue.value(fieldId) == null,
        issue -> issue.value(fieldId) instanceof LocalDate day && wanted.contains(day),
        issue ->
            issue.value(fieldId) instanceof LocalDate day
                ? (Integer) day.compareTo(wanted.get(0))
                : null);
  }

  JqlMatch numbers(Restriction r, String fieldId) {
    List<Double> wanted = new ArrayList<>();
    for (Operand operand : JqlMatch.values(r)) {
      try {
        wanted.add(Double.valueOf(operand.text()));
      } catch (NumberFormatException e) {
        throw new BadJql(Wording.JQL_VALUE, operand.text(), r.field());
      }
    }
    return JqlMatch.order(
        r,
        issue -> issue.value(fieldId) == null,
        issue -> issue.value(fieldId) instanceof Double value && wanted.contains(value),
        issue ->
            issue.value(fieldId) instanceof Double value
                ? (Integer) value.compareTo(wanted.get(0))
                : null);
  }
}
