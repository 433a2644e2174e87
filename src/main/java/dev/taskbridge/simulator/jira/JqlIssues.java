package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlClause.Restriction;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restrictions by which issue it is, and where.
 *
 * @param user null for nobody
 */
record JqlIssues(Site site, @Nullable User user) {
  private static final int GLOBAL_IDS = 100;

  JqlMatch keys(Restriction r) {
    Set<Long> ids = new HashSet<>();
    Issue first = null;
    for (Operand operand : JqlMatch.values(r)) {
      if (operand.kind() == Operand.Kind.FUNCTION) {
        ids.addAll(function(operand));
      } else {
        Issue issue = find(operand.text(), r.field()).orElse(null);
        if (issue != null) {
          ids.add(issue.id());
          first = issue;
        }
      }
    }
    Issue edge = first;
    JqlMatch test =
        JqlMatch.order(
            r,
            issue -> false,
            issue -> ids.contains(issue.id()),
            issue -> edge == null ? null : compare(r.field(), issue, edge));
    return JqlMatch.onlyThose(r) ? new JqlMatch(test.test(), ids) : test;
  }

  /** Keys are compared within their project only. */
  private static @Nullable Integer compare(String field, Issue issue, Issue edge) {
    if (field.equalsIgnoreCase("id")) {
      return Long.compare(issue.id(), edge.id());
    }
    return issue.project().equals(edge.project())
        ? (Integer) Integer.compare(issue.number(), edge.number())
        : null;
  }

  /** A key that an issue had before it moved does not count here. */
  private Optional<Issue> find(String idOrKey, String field) {
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

  private Set<Long> function(Operand function) {
    return switch (function.text().toLowerCase(Locale.ROOT)) {
      case "issueswithremotelinksbyglobalid" -> byGlobalId(function);
      case "linkedissues" -> linked(function);
      default -> throw new BadJql(Wording.JQL_FUNCTION, function.text());
    };
  }

  private Set<Long> byGlobalId(Operand function) {
    if (function.arguments().isEmpty() || function.arguments().size() > GLOBAL_IDS) {
      throw new BadJql(Wording.BULK_LIMIT, String.valueOf(GLOBAL_IDS));
    }
    Set<Long> ids = new HashSet<>();
    for (String globalId : function.arguments()) {
      ids.addAll(site.issues().index().withGlobalId(globalId));
    }
    return ids;
  }

  private Set<Long> linked(Operand function) {
    Set<Long> ids = new HashSet<>();
    if (!function.arguments().isEmpty()) {
      Issue from = find(function.arguments().get(0), "issue").orElse(null);
      if (from != null) {
        for (IssueLink link : site.issues().linksOf(from.id())) {
          ids.add(link.source() == from.id() ? link.target() : link.source());
        }
      }
    }
    return ids;
  }

  JqlMatch projects(Restriction r) {
    Set<Project> wanted = new HashSet<>();
    for (Operand operand : JqlMatch.values(r)) {
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
    return JqlMatch.equality(r, issue -> false, issue -> wanted.contains(issue.project()));
  }

  JqlMatch parent(Restriction r) {
    Set<Long> wanted = new HashSet<>();
    for (Operand operand : JqlMatch.values(r)) {
      find(operand.text(), r.field()).ifPresent(issue -> wanted.add(issue.id()));
    }
    return JqlMatch.equality(
        r,
        issue -> issue.parent() == null,
        issue -> issue.parent() != null && wanted.contains(issue.parent()));
  }
}
