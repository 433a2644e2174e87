package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What differs between Jira Cloud and Jira Data Center. Stateless. */
interface Flavour {

  /** Such as {@code Jira Cloud}. */
  String product();

  /** The path before every resource, such as {@code /rest/api/3}. */
  String api();

  /** The member of a user object that identifies it in what is written. */
  String userId();

  /**
   * Text as this product stores formatted text. What is longer than the product takes is cut, with
   * {@code mark} at its end.
   *
   * @param text not blank
   */
  JsonNode richText(String text, String mark);

  /** The text of a stored value, whichever of the two forms it has. */
  String plainText(JsonNode stored);

  Http.Request search(SearchQuery query);

  /** A page of the answer; empty if it is no search result. */
  Optional<SearchPage> page(SearchQuery query, JsonNode answer);

  /** The most rows worth asking for when each carries only its id and date. */
  int longestPage();

  /** Reads many issues at once by id, from a source that does not lag; empty if there is no way. */
  Optional<Http.Request> bulkRead(
      Collection<String> ids, Collection<String> fields, String property, boolean transitions);

  /** Whether {@link #bulkRead} has a way. */
  boolean readsInBulk();

  /** Edits an issue; see {@link #editAnswersWithIssue()}. */
  Http.Request edit(String id, ObjectNode body);

  boolean editAnswersWithIssue();

  /** Looks for people who can be assigned in a project; a prefix of several fields matches. */
  Http.Request assignable(String project, String text);

  /** Looks for people anywhere. */
  Http.Request people(String text);

  Http.Request priorities();

  /** The rows of a list resource, whatever the product calls them. */
  List<JsonNode> rows(JsonNode answer);

  /** The projects that the account sees: the first page where they come in pages. */
  Http.Request projects();

  /** Whether a comment's properties can be read for many comments at once. */
  boolean readsCommentPropertiesInBulk();

  /** The properties of comments, if {@link #readsCommentPropertiesInBulk()}. */
  Http.Request comments(Collection<String> ids);
}
