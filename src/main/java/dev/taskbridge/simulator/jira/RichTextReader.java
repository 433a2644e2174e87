package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in formatted text: a document in version 3, wiki markup in version 2. */
record RichTextReader(Site site, ApiVersion version) {

  /**
   * The text; null if it is empty or a problem was noted.
   *
   * @param notADocument what to say of a string in version 3
   */
  @Nullable RichText read(Object json, Problems problems, String field, Wording notADocument) {
    return version == ApiVersion.V3
        ? document(json, problems, field, notADocument)
        : markup(json, problems, field);
  }

  private @Nullable RichText document(
      Object json, Problems problems, String field, Wording notADocument) {
    if (!(json instanceof JsonObject document)) {
      problems.field(field, notADocument);
      return null;
    }
    Optional<String> problem = AdfSchema.problem(document);
    if (problem.isPresent()) {
      problems.add(Wording.INVALID_INPUT).add(Wording.INVALID_PAYLOAD, field + problem.get());
      return null;
    }
    // The limit is on what is stored: the document, not its words.
    if (document.encode().length() > TextTypes.TEXT_LIMIT) {
      problems.field(field, Wording.CONTENT_LIMIT);
      return null;
    }
    return store(document);
  }

  private @Nullable RichText markup(Object json, Problems problems, String field) {
    if (!(json instanceof String text)) {
      problems.field(field, Wording.NOT_TEXT);
      return null;
    }
    if (text.length() > TextTypes.TEXT_LIMIT) {
      problems.field(field, Wording.TEXT_LONG, String.valueOf(TextTypes.TEXT_LIMIT));
      return null;
    }
    if (text.isEmpty()) {
      return null;
    }
    return site.flavour() == Flavour.CLOUD
        ? store(WikiMarkup.read(text))
        : new RichText.Markup(text);
  }

  private RichText store(JsonObject document) {
    return new RichText.Document(AdfNormal.of(document, site.switches().on(Switch.ADF_NORMALISED)));
  }
}
