package dev.taskbridge.adapter.jira;

import java.time.Duration;
import java.util.Optional;

/**
 * One configured Jira.
 *
 * @param name of the system, as configured
 * @param browseUrl where people open Jira, without a slash at its end; API calls go elsewhere with
 *     some credentials
 * @param searchLag how long a fresh issue may stay unfindable
 * @param overlap how far each look at what changed reaches back behind the one before; not less
 *     than the search lag
 * @param keyField a text custom field that holds the idempotency key instead of a label, such as
 *     {@code customfield_10050}
 * @param internalTo who may read internal comments; empty for the project's role of those who work
 *     in it, or Jira's own internal flag in service projects
 */
public record JiraSettings(
    String name,
    String browseUrl,
    Duration searchLag,
    Duration overlap,
    Optional<String> keyField,
    Optional<Audience> internalTo) {

  private static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(5);

  public JiraSettings {
    if (searchLag.isNegative()) {
      throw new IllegalArgumentException("searchLag must not be negative, but was " + searchLag);
    }
    browseUrl = browseUrl.replaceAll("/+$", "");
    overlap = overlap.compareTo(searchLag) < 0 ? searchLag : overlap;
  }

  /** A role or a group that a comment is restricted to. */
  public record Audience(Kind kind, String name) {
    /** Jira's two kinds of restriction. */
    public enum Kind {
      ROLE,
      GROUP
    }
  }

  /** With the defaults for all but what every configuration says. */
  public static JiraSettings of(String name, String browseUrl, Duration searchLag) {
    return new JiraSettings(
        name, browseUrl, searchLag, DEFAULT_OVERLAP, Optional.empty(), Optional.empty());
  }

  public JiraSettings withOverlap(Duration newOverlap) {
    return new JiraSettings(name, browseUrl, searchLag, newOverlap, keyField, internalTo);
  }

  public JiraSettings withKeyField(String fieldId) {
    return new JiraSettings(name, browseUrl, searchLag, overlap, Optional.of(fieldId), internalTo);
  }

  public JiraSettings withInternalTo(Audience audience) {
    return new JiraSettings(name, browseUrl, searchLag, overlap, keyField, Optional.of(audience));
  }
}
