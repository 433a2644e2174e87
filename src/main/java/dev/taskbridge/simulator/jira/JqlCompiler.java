package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Restriction;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a query into a test of one issue, checking every name and value in it on the way. */
final class JqlCompiler {
  private final Site site;
  private final @Nullable User user;
  private final JqlIssues issues;
  private final JqlValues values;

  /**
   * @param user whose rights and time zone count; null for nobody
   */
  JqlCompiler(Site site, @Nullable User user) {
    this.site = site;
    this.user = user;
    this.issues = new JqlIssues(site, user);
    JqlDates dates =
        new JqlDates(site.now(), user == null ? site.zone() : site.people().zone(user));
    this.values = new JqlValues(site, user, dates);
  }

  /**
   * @throws BadJql if a name or a value means nothing here
   */
  JqlMatch compile(JqlClause clause) {
    return clause.match(
        all -> JqlMatch.all(all.parts().stream().map(this::compile).toList()),
        any -> JqlMatch.any(any.parts().stream().map(this::compile).toList()),
        not ->
            not.part() instanceof JqlClause.Words words
                ? JqlMatch.of(words(words).test().negate())
                : compile(not.part().negated()),
        this::restriction,
        this::words);
  }

  /** Cloud searches for them in all text; Data Center does not know what they are. */
  private JqlMatch words(JqlClause.Words words) {
    if (!site.cloud()) {
      throw new BadJql(
          Wording.JQL_SYNTAX, "Expecting operator but got the end of the query: " + words.text());
    }
    return JqlMatch.of(issue -> JqlText.matches(allText(issue), words.text()));
  }

  private JqlMatch restriction(Restriction r) {
    return switch (r.field().toLowerCase(Locale.ROOT)) {
      case "key", "issuekey", "issue", "id" -> issues.keys(r);
      case "project" -> issues.projects(r);
      case "parent" -> issues.parent(r);
      case "text" -> values.text(r, this::allText);
      case "comment" -> values.text(r, this::commentText);
      case "status" -> values.named(r, "status", site.workflows().statuses());
      case "statuscategory" -> values.category(r);
      case "issuetype", "type" -> values.named(r, "issuetype", site.issueTypes());
      case "created", "createddate" -> values.moments(r, Issue::created);
      case "updated", "updateddate" -> values.moments(r, Issue::updated);
      default -> byField(r);
    };
  }

  private JqlMatch byField(Restriction r) {
    Field field =
        site.fields().clause(r.field()).orElseThrow(() -> new BadJql(Wording.JQL_FIELD, r.field()));
    FieldType type = field.type();
    String id = field.id();
    if (field.clauseNames().isEmpty() || type instanceof ChoiceTypes.Computed) {
      throw new BadJql(Wording.JQL_FIELD, r.field());
    } else if (type instanceof TextTypes.Labels) {
      return values.labels(r);
    } else if (type instanceof ChoiceTypes.Person) {
      return values.people(r, id);
    } else if (type instanceof ChoiceTypes.Fixed fixed) {
      return values.named(r, id, fixed.choices());
    } else if (type instanceof ChoiceTypes.Several several) {
      return values.several(r, id, several.choices());
    } else if (type instanceof ValueTypes.Date) {
      return values.days(r, id);
    } else if (type instanceof ValueTypes.Moment) {
      return values.moments(r, issue -> (Instant) issue.value(id));
    } else if (type instanceof ValueTypes.Number) {
      return values.numbers(r, id);
    }
    return values.text(r, issue -> plain(issue.value(id)));
  }

  private static String plain(@Nullable Object value) {
    return value instanceof RichText rich ? rich.plain() : value == null ? "" : value.toString();
  }

  private String allText(Issue issue) {
    return String.join(
        "\n",
        issue.summary(),
        plain(issue.description()),
        plain(issue.value("environment")),
        commentText(issue));
  }

  private String commentText(Issue issue) {
    StringBuilder text = new StringBuilder();
    for (Comment comment : issue.comments()) {
      if (user != null && site.people().sees(user, comment)) {
        text.append(comment.body().plain()).append('\n');
      }
    }
    return text.toString();
  }
}
