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
 * @param likelyCloud which of the two products is asked for first; a wrong guess costs one request
 * @param internalTo who may read internal comments; empty for the project's role of those who work
 *     in it, or Jira's own internal flag in service projects
 */
public record JiraSettings(
    String name,
    String browseUrl,
    Duration searchLag,
    Duration overlap,
    boolean likelyCloud,
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
        name, browseUrl, searchLag, DEFAULT_OVERLAP, false, Optional.empty(), Optional.empty());
  }

  public JiraSettings withLikelyCloud(boolean likely) {
    return new JiraSettings(name, browseUrl, searchLag, overlap, likely, keyField, internalTo);
  }

  public JiraSettings withOverlap(Duration newOverlap) {
    return new JiraSettings(
        name, browseUrl, searchLag, newOverlap, likelyCloud, keyField, internalTo);
  }

  public JiraSettings withKeyField(String fieldId) {
    return new JiraSettings(
        name, browseUrl, searchLag, overlap, likelyCloud, Optional.of(fieldId), internalTo);
  }

  public JiraSettings withInternalTo(Audience audience) {
    return new JiraSettings(
        name, browseUrl, searchLag, overlap, likelyCloud, keyField, Optional.of(audience));
  }
}
