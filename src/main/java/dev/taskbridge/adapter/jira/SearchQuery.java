package dev.taskbridge.adapter.jira;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One page of a search.
 *
 * @param at where the page before said to go on; empty for the first
 * @param most rows wanted; a server may give fewer
 * @param properties issue properties to come with each row, where the product can
 * @param transitions whether each row should say what its next steps are
 */
record SearchQuery(
    String jql,
    List<String> fields,
    Optional<String> at,
    int most,
    List<String> properties,
    boolean transitions) {

  static SearchQuery of(String jql, Collection<String> fields, int most) {
    return new SearchQuery(jql, List.copyOf(fields), Optional.empty(), most, List.of(), false);
  }

  SearchQuery from(Optional<String> position) {
    return new SearchQuery(jql, fields, position, most, properties, transitions);
  }

  SearchQuery withProperty(String key) {
    return new SearchQuery(jql, fields, at, most, List.of(key), transitions);
  }

  SearchQuery withTransitions() {
    return new SearchQuery(jql, fields, at, most, properties, true);
  }
}
