package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlClause.Operator;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns a query into a test of one issue, checking every name and value in it on the way. */
final class JqlCompiler {
  private static final Set<String> KEY_FIELDS = Set.of("key", "issuekey", "issue", "id");
  private static final int GLOBAL_IDS = 100;

  private final Site site;
  private final @Nullable User user;
  private final JqlDates dates;

  JqlCompiler(Site site, @Nullable User user) {
    this.site = site;
    this.user = user;
    this.dates = new JqlDates(site.now(), user == null ? site.zone() : site.people().zone(user));
  }

  /**
   * A test of issues.
   *
   * @param candidates the only issues that can pass, from an index; null if that is not known
   */
  record Matcher(Predicate<Issue> test, @Nullable Set<Long> candidates) {
    static Matcher of(Predicate<Issue> test) {
      return new Matcher(test, null);
    }
  }

  Matcher compile(JqlClause clause) {
    return clause.match(
        all -> all(all.parts().stream().map(this::compile).toList()),
        any -> any(any.parts().stream().map(this::compile).toList()),
        not -> Matcher.of(compile(not.part()).test().negate()),
        this::restriction,
        this::words);
  }

  private static Matcher all(List<Matcher> parts) {
    Predicate<Issue> test = issue -> true;
    Set<Long> fewest = null;
    for (Matcher part : parts) {
      test = test.and(part.test());
      Set<Long> candidates = part.candidates();
      if (candidates != null && (fewest == null || candidates.size() < fewest.size())) {
        fewest = candidates;
      }
    }
    return new Matcher(test, fewest);
  }

  private static Matcher any(List<Matcher> parts) {
    Predicate<Issue> test = issue -> false;
    Set<Long> union = new HashSet<>();
    boolean known = true;
    for (Matcher part : parts) {
      test = test.or(part.test());
      Set<Long> candidates = part.candidates();
      if (candidates == null) {
        known = false;
      } else {
        union.addAll(candidates);
      }
    }
    return new Matcher(test, known ? union : null);
  }

  /** Cloud searches for them in all text; Data Center does not know what they are. */
  private Matcher words(JqlClause.Words words) {
    if (!site.cloud()) {
      throw new BadJql(
          Wording.JQL_SYNTAX, "Expecting operator but got the end of the query: " + words.text());
    }
    return Matcher.of(issue -> JqlText.matches(allText(issue), words.text()));
  }

  private Matcher restriction(JqlClause.Restriction r) {
    String name = r.field().toLowerCase(Locale.ROOT);
    if (KEY_FIELDS.contains(name)) {
      return keys(r);
    }
    return switch (name) {
      case "project" -> projects(r);
      case "text" -> text(r, this::allText);
      case "comment" -> text(r, JqlCompiler::commentText);
      case "status" -> named(r, "status", statuses());
      case "statuscategory" -> category(r);
      case "issuetype", "type" -> named(r, "issuetype", site.issueTypes());
      case "created", "createddate" -> moments(r, issue -> issue.created());
      case "updated", "updateddate" -> moments(r, issue -> issue.updated());
      case "resolved", "resolutiondate" ->
          moments(r, issue -> (Instant) issue.value("resolutiondate"));
      case "parent" -> parent(r);
      default -> byField(r);
    };
  }

  private Matcher byField(JqlClause.Restriction r) {
    Field field =
        site.fields().clause(r.field()).orElseThrow(() -> new BadJql(Wording.JQL_FIELD, r.field()));
    FieldType type = field.type();
    if (field.clauseNames().isEmpty() || type instanceof ChoiceTypes.Computed) {
      throw new BadJql(Wording.JQL_FIELD, r.field());
    }
    if (type instanceof TextTypes.Labels) {
      return labels(r);
    }
    if (type instanceof ChoiceTypes.Person) {
      return people(r, field.id());
    }
    if (type instanceof ChoiceTypes.Fixed fixed) {
      return named(r, field.id(), fixed.choices());
    }
    if (type instanceof ChoiceTypes.Several several) {
      return several(r, field.id(), several.choices());
    }
    if (type instanceof ValueTypes.Date) {
      return days(r, field.id());
    }
    if (type instanceof ValueTypes.Moment) {
      return moments(r, issue -> (Instant) issue.value(field.id()));
    }
    if (type instanceof ValueTypes.Number) {
      return numbers(r, field.id());
    }
    return text(r, issue -> plain(issue.value(field.id())));
  }

  private List<Status> statuses() {
    return site.workflows().statuses();
  }

  private static String plain(@Nullable Object value) {
    return value instanceof RichText rich ? rich.plain() : value == null ? "" : value.toString();
  }

  private String allText(Issue issue) {
    return issue.summary()
        + "\n"
        + plain(issue.description())
        + "\n"
        + plain(issue.value("environment"))
        + "\n"
        + commentText(issue);
  }

  private static String commentText(Issue issue) {
    StringBuilder text = new StringBuilder();
    issue.comments().forEach(comment -> text.append(comment.body().plain()).append('\n'));
    return text.toString();
  }

  private static BadJql unsupported(JqlClause.Restriction r) {
    return new BadJql(Wording.JQL_OPERATOR, r.operator().sign, r.field());
  }

  /** A test for "is empty" in any of its spellings, or nothing if it asks for values. */
  private static Optional<Predicate<Issue>> emptiness(
      JqlClause.Restriction r, Predicate<Issue> empty) {
    boolean onlyEmpty =
        r.operands().size() == 1 && r.operands().get(0).kind() == Operand.Kind.EMPTY;
    if (!onlyEmpty) {
      return Optional.empty();
    }
    return switch (r.operator()) {
      case IS, EQUALS, IN -> Optional.of(empty);
      case IS_NOT, NOT_EQUALS, NOT_IN -> Optional.of(empty.negate());
      default -> throw unsupported(r);
    };
  }

  /**
   * Equality and lists over whatever {@code matches} tests. The negative operators leave out issues
   * where the field is empty.
   */
  private static Predicate<Issue> either(
      JqlClause.Restriction r, Predicate<Issue> empty, Predicate<Issue> matches) {
    boolean orEmpty = r.operands().stream().anyMatch(o -> o.kind() == Operand.Kind.EMPTY);
    Predicate<Issue> hit = orEmpty ? matches.or(empty) : matches;
    return switch (r.operator()) {
      case EQUALS, IN -> hit;
      case NOT_EQUALS, NOT_IN -> empty.negate().and(hit.negate());
      default -> throw unsupported(r);
    };
  }

  private static List<Operand> values(JqlClause.Restriction r) {
    return r.operands().stream().filter(o -> o.kind() != Operand.Kind.EMPTY).toList();
  }

  private static boolean equality(JqlClause.Restriction r) {
    return r.operator() == Operator.EQUALS || r.operator() == Operator.IN;
  }

  private Matcher keys(JqlClause.Restriction r) {
    Set<Long> ids = new HashSet<>();
    for (Operand operand : values(r)) {
      if (operand.kind() == Operand.Kind.FUNCTION) {
        ids.addAll(issueFunction(operand));
      } else {
        key(operand.text(), r.field()).ifPresent(issue -> ids.add(issue.id()));
      }
    }
    switch (r.operator()) {
      case EQUALS, IN, NOT_EQUALS, NOT_IN -> {
        Predicate<Issue> test = either(r, issue -> false, issue -> ids.contains(issue.id()));
        return new Matcher(test, equality(r) ? ids : null);
      }
      case LESS, AT_MOST, MORE, AT_LEAST -> {
        return keyOrder(r);
      }
      default -> throw unsupported(r);
    }
  }

  private Matcher keyOrder(JqlClause.Restriction r) {
    Issue edge = key(r.operands().get(0).text(), r.field()).orElse(null);
    if (edge == null) {
      return Matcher.of(issue -> false);
    }
    boolean byId = r.field().equalsIgnoreCase("id");
    return Matcher.of(
        issue -> {
          int order =
              byId
                  ? Long.compare(issue.id(), edge.id())
                  : Integer.compare(issue.number(), edge.number());
          return (byId || issue.project().equals(edge.project())) && ordered(r.operator(), order);
        });
  }

  private static boolean ordered(Operator operator, int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
      case EQUALS -> order == 0;
      case NOT_EQUALS -> order != 0;
      default -> throw new IllegalStateException("no order: " + operator);
    };
  }

  /** A key that an issue had before it moved does not count here. */
  private Optional<Issue> key(String idOrKey, String field) {
    Issue issue = site.issues().find(idOrKey);
    boolean current =
        issue != null
            && (idOrKey.matches("\\d+") || issue.key().equalsIgnoreCase(idOrKey))
            && site.sees(user, issue);
    if (current) {
      return Optional.of(Objects.requireNonNull(issue));
    }
    if (user != null && site.switches().is(Switch.UNKNOWN_KEY_IN_JQL, "reject")) {
      throw new BadJql(Wording.JQL_KEY, idOrKey, field);
    }
    return Optional.empty();
  }

  private Set<Long> issueFunction(Operand function) {
    Set<Long> ids = new HashSet<>();
    switch (function.text().toLowerCase(Locale.ROOT)) {
      case "issueswithremotelinksbyglobalid" -> {
        if (function.arguments().isEmpty() || function.arguments().size() > GLOBAL_IDS) {
          throw new BadJql(Wording.BULK_LIMIT, String.valueOf(GLOBAL_IDS));
        }
        for (String globalId : function.arguments()) {
          ids.addAll(site.issues().index().withGlobalId(globalId));
        }
      }
      case "linkedissues" -> {
        for (String idOrKey : function.arguments().stream().limit(1).toList()) {
          key(idOrKey, "issue")
              .ifPresent(
                  issue ->
                      site.issues()
                          .linksOf(issue.id())
                          .forEach(
                              link ->
                                  ids.add(
                                      link.source() == issue.id()
                                          ? link.target()
                                          : link.source())));
        }
      }
      default -> throw new BadJql(Wording.JQL_FUNCTION, function.text());
    }
    return ids;
  }

  private Matcher projects(JqlClause.Restriction r) {
    Optional<Predicate<Issue>> emptiness = emptiness(r, issue -> false);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    Set<Project> wanted = new HashSet<>();
    for (Operand operand : values(r)) {
      Optional<Project> found =
          site.projects().stream()
              .filter(
                  project ->
                      project.id().equals(operand.text())
                          || project.key().equalsIgnoreCase(operand.text())
                          || project.name().equalsIgnoreCase(operand.text()))
              .findFirst();
      boolean visible = found.isPresent() && site.browses(user);
      if (visible) {
        wanted.add(found.get());
      } else if (found.isEmpty() ? user != null : !site.cloud()) {
        // On Cloud a project that may not be browsed gives nothing, and no error.
        throw new BadJql(Wording.JQL_VALUE, operand.text(), r.field());
      }
    }
    return Matcher.of(either(r, issue -> false, issue -> wanted.contains(issue.project())));
  }

  private Matcher text(JqlClause.Restriction r, java.util.function.Function<Issue, String> textOf) {
    Optional<Predicate<Issue>> emptiness = emptiness(r, issue -> textOf.apply(issue).isEmpty());
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    if (r.operator() != Operator.LIKE && r.operator() != Operator.NOT_LIKE) {
      throw unsupported(r);
    }
    String wanted = r.operands().get(0).text();
    Predicate<Issue> like = issue -> JqlText.matches(textOf.apply(issue), wanted);
    return Matcher.of(
        r.operator() == Operator.LIKE
            ? like
            : like.negate().and(issue -> !textOf.apply(issue).isEmpty()));
  }

  private <N extends Named> Matcher named(
      JqlClause.Restriction r, String fieldId, List<N> choices) {
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    List<N> wanted = new ArrayList<>();
    for (Operand operand : values(r)) {
      wanted.add(choice(choices, operand.text(), r.field()));
    }
    return switch (r.operator()) {
      case LESS, AT_MOST, MORE, AT_LEAST -> {
        if (!fieldId.equals("priority")) {
          throw unsupported(r);
        }
        int edge = choices.indexOf(wanted.get(0));
        // The first priority is the highest.
        yield Matcher.of(
            issue ->
                issue.value(fieldId) instanceof Named value
                    && ordered(r.operator(), edge - choices.indexOf(value)));
      }
      default ->
          Matcher.of(
              either(
                  r,
                  empty,
                  issue -> issue.value(fieldId) instanceof Named value && wanted.contains(value)));
    };
  }

  private static <N extends Named> N choice(List<N> choices, String text, String field) {
    return choices.stream()
        .filter(each -> each.id().equals(text) || each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new BadJql(Wording.JQL_VALUE, text, field));
  }

  private Matcher several(JqlClause.Restriction r, String fieldId, List<Choice> choices) {
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    List<Choice> wanted =
        values(r).stream().map(o -> choice(choices, o.text(), r.field())).toList();
    return Matcher.of(
        either(
            r,
            empty,
            issue ->
                issue.value(fieldId) instanceof List<?> have
                    && have.stream().anyMatch(wanted::contains)));
  }

  private Matcher category(JqlClause.Restriction r) {
    Set<StatusCategory> wanted = new HashSet<>();
    for (Operand operand : values(r)) {
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
    return Matcher.of(
        either(r, issue -> false, issue -> wanted.contains(issue.status().category())));
  }

  private Matcher labels(JqlClause.Restriction r) {
    Predicate<Issue> empty = issue -> issue.labels().isEmpty();
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    Set<String> wanted = new HashSet<>();
    Set<Long> candidates = new HashSet<>();
    boolean orEmpty = false;
    for (Operand operand : r.operands()) {
      if (operand.kind() == Operand.Kind.EMPTY) {
        orEmpty = true;
      } else {
        wanted.add(SearchIndex.fold(operand.text()));
        candidates.addAll(site.issues().index().withLabel(operand.text()));
      }
    }
    Predicate<Issue> test =
        either(
            r,
            empty,
            issue -> issue.labels().stream().map(SearchIndex::fold).anyMatch(wanted::contains));
    return new Matcher(test, equality(r) && !orEmpty ? candidates : null);
  }

  private Matcher people(JqlClause.Restriction r, String fieldId) {
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    Set<User> wanted = new HashSet<>();
    for (Operand operand : values(r)) {
      wanted.addAll(person(operand, r.field()));
    }
    return Matcher.of(
        either(
            r,
            empty,
            issue -> issue.value(fieldId) instanceof User value && wanted.contains(value)));
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

  private Matcher moments(
      JqlClause.Restriction r, java.util.function.Function<Issue, @Nullable Instant> momentOf) {
    Optional<Predicate<Issue>> emptiness = emptiness(r, issue -> momentOf.apply(issue) == null);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    List<JqlDates.Span> spans =
        values(r).stream().map(operand -> dates.read(operand, r.field())).toList();
    return switch (r.operator()) {
      case LESS, AT_MOST, MORE, AT_LEAST -> {
        Instant edge = spans.get(0).start();
        yield Matcher.of(
            issue -> {
              Instant value = momentOf.apply(issue);
              return value != null && ordered(r.operator(), value.compareTo(edge));
            });
      }
      default ->
          Matcher.of(
              either(
                  r,
                  issue -> momentOf.apply(issue) == null,
                  issue -> spans.stream().anyMatch(span -> within(momentOf.apply(issue), span))));
    };
  }

  private static boolean within(@Nullable Instant value, JqlDates.Span span) {
    return value != null
        && !value.isBefore(span.start())
        && value.isBefore(span.start().plus(span.length()));
  }

  private Matcher days(JqlClause.Restriction r, String fieldId) {
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    List<LocalDate> wanted =
        values(r).stream()
            .map(operand -> dates.read(operand, r.field()).start())
            .map(start -> LocalDate.ofInstant(start, dates.zone()))
            .toList();
    return switch (r.operator()) {
      case LESS, AT_MOST, MORE, AT_LEAST ->
          Matcher.of(
              issue ->
                  issue.value(fieldId) instanceof LocalDate day
                      && ordered(r.operator(), day.compareTo(wanted.get(0))));
      default ->
          Matcher.of(
              either(
                  r,
                  empty,
                  issue -> issue.value(fieldId) instanceof LocalDate day && wanted.contains(day)));
    };
  }

  private Matcher numbers(JqlClause.Restriction r, String fieldId) {
    Predicate<Issue> empty = issue -> issue.value(fieldId) == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    List<Double> wanted = new ArrayList<>();
    for (Operand operand : values(r)) {
      try {
        wanted.add(Double.valueOf(operand.text()));
      } catch (NumberFormatException e) {
        throw new BadJql(Wording.JQL_VALUE, operand.text(), r.field());
      }
    }
    return switch (r.operator()) {
      case LESS, AT_MOST, MORE, AT_LEAST ->
          Matcher.of(
              issue ->
                  issue.value(fieldId) instanceof Double value
                      && ordered(r.operator(), value.compareTo(wanted.get(0))));
      default ->
          Matcher.of(
              either(
                  r,
                  empty,
                  issue -> issue.value(fieldId) instanceof Double value && wanted.contains(value)));
    };
  }

  private Matcher parent(JqlClause.Restriction r) {
    Predicate<Issue> empty = issue -> issue.parent() == null;
    Optional<Predicate<Issue>> emptiness = emptiness(r, empty);
    if (emptiness.isPresent()) {
      return Matcher.of(emptiness.get());
    }
    Set<Long> wanted = new HashSet<>();
    for (Operand operand : values(r)) {
      key(operand.text(), r.field()).ifPresent(issue -> wanted.add(issue.id()));
    }
    return Matcher.of(
        either(r, empty, issue -> issue.parent() != null && wanted.contains(issue.parent())));
  }
}
