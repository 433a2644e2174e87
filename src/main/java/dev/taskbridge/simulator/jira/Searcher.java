package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers queries from the index, as far as the index has come. */
final class Searcher {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Site site;
  private long searches;

  Searcher(Site site) {
    this.site = site;
  }

  /** What matched, in order, with the order itself: pages continue by it. */
  record Result(List<Issue> issues, Comparator<Issue> order) {}

  /**
   * Everything that matches.
   *
   * @param lag how far the index is behind
   * @param fresh ids that are looked at as they are now, not as the index has them
   * @throws BadJql if the query cannot be read or names what does not exist
   */
  Result search(JqlClause.Query query, @Nullable User user, Duration lag, Set<Long> fresh) {
    SearchIndex index = site.issues().index();
    index.catchUp(lag);
    searches++;
    long regress = site.switches().number(Switch.INDEX_REGRESS);
    Instant recently = site.now().minus(FRESH);
    Set<Long> forgotten =
        regress > 0 && searches % regress == 0 ? index.newerThan(recently) : Set.of();
    Comparator<Issue> order = order(query.sorts());
    JqlClause clause = query.clause();
    JqlMatch matcher =
        clause == null ? JqlMatch.of(issue -> true) : new JqlCompiler(site, user).compile(clause);
    List<Issue> found = new ArrayList<>();
    for (Issue issue : candidates(index, matcher.candidates(), fresh)) {
      if (!forgotten.contains(issue.id())
          && !fresh.contains(issue.id())
          && site.sees(user, issue)
          && matcher.test().test(issue)) {
        found.add(issue);
      }
    }
    for (long id : fresh) {
      Issue issue = site.issues().byId(id);
      if (issue != null
          && !issue.archived()
          && site.sees(user, issue)
          && matcher.test().test(issue)) {
        found.add(issue);
      }
    }
    found.sort(order);
    return new Result(found, order);
  }

  private static Collection<Issue> candidates(
      SearchIndex index, @Nullable Set<Long> ids, Set<Long> fresh) {
    if (ids == null) {
      return index.all();
    }
    List<Issue> some = new ArrayList<>();
    for (long id : new TreeSet<>(ids)) {
      Issue issue = index.byId(id);
      if (issue != null && !fresh.contains(id)) {
        some.add(issue);
      }
    }
    return some;
  }

  /** Without an order the newest come first; equal rows have no order that one may rely on. */
  private Comparator<Issue> order(List<JqlClause.Sort> sorts) {
    Comparator<Issue> order = (a, b) -> 0;
    for (JqlClause.Sort sort : sorts) {
      Comparator<Issue> next = by(sort.field());
      order = order.thenComparing(sort.descending() ? next.reversed() : next);
    }
    return order.thenComparing(Comparator.comparingLong(Issue::id).reversed());
  }

  private Comparator<Issue> by(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "key", "issuekey", "issue" ->
          Comparator.comparing((Issue issue) -> issue.project().key())
              .thenComparingInt(Issue::number);
      case "id" -> Comparator.comparingLong(Issue::id);
      case "created", "createddate" -> Comparator.comparing(Issue::created);
      case "updated", "updateddate" -> Comparator.comparing(Issue::updated);
      case "project" -> Comparator.comparing(issue -> issue.project().key());
      case "status" -> Comparator.comparing(issue -> issue.status().id());
      // Ascending begins with the least urgent.
      case "priority" ->
          Comparator.comparingInt(
              (Issue issue) -> -site.priorities().indexOf(issue.value("priority")));
      default -> byText(field);
    };
  }

  private Comparator<Issue> byText(String name) {
    Field field = site.fields().clause(name).orElseThrow(() -> new BadJql(Wording.JQL_FIELD, name));
    if (field.clauseNames().isEmpty() || field.id().equals("comment")) {
      throw new BadJql(Wording.JQL_SORT, name);
    }
    return Comparator.comparing(
        issue -> {
          Object value = issue.value(field.id());
          return value == null ? null : field.type().text(value);
        },
        Comparator.nullsLast(Comparator.<String>naturalOrder()));
  }
}
