package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;

/** Formatted text as it is stored; both API versions are views of it. */
sealed interface RichText {
  /** As version 3 of the API gives it. */
  JsonObject document();

  /** As version 2 gives it. */
  String wiki();

  /** Without any formatting, for text search. */
  default String plain() {
    return AdfText.plain(document());
  }

  /** How Cloud stores it. */
  record Document(JsonObject document) implements RichText {
    @Override
    public String wiki() {
      return AdfWiki.write(document);
    }
  }

  /** How Data Center stores it: the string as it was sent. */
  record Markup(String wiki) implements RichText {
    @Override
    public JsonObject document() {
      return WikiMarkup.read(wiki);
    }

    @Override
    public String plain() {
      return wiki;
    }
  }
}
