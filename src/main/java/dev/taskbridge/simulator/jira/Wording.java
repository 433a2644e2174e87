package dev.taskbridge.simulator.jira;

import java.util.List;

/** What Jira says when it refuses, in the languages an account may have. */
enum Wording {
  INVALID_PAYLOAD(
      "Invalid request payload. Refer to the REST API documentation and try again. (%s)",
      "Ungültige Anfrage. Siehe die REST-API-Dokumentation. (%s)"),
  INVALID_INPUT("INVALID_INPUT", "INVALID_INPUT"),
  NO_ISSUE(
      "Issue does not exist or you do not have permission to see it.",
      "Vorgang nicht vorhanden oder keine Berechtigung, ihn anzuzeigen."),
  NO_PROJECT(
      "No project could be found with key or id '%s'.",
      "Es wurde kein Projekt mit dem Schlüssel oder der ID '%s' gefunden."),
  NO_SUCH("The %s with id '%s' does not exist.", "%s mit der ID '%s' ist nicht vorhanden."),
  NO_USER("The user '%s' does not exist.", "Der Benutzer '%s' ist nicht vorhanden."),
  NO_USER_NAMED("Specify a valid value for %s.", "Geben Sie einen gültigen Wert für %s an."),
  REQUIRED("%s is required.", "%s ist erforderlich."),
  SUMMARY_EMPTY(
      "You must specify a summary of the issue.",
      "Sie müssen eine Zusammenfassung des Vorgangs angeben."),
  SUMMARY_LINES(
      "The summary is invalid because it contains newline characters.",
      "Die Zusammenfassung ist ungültig, da sie Zeilenumbrüche enthält."),
  SUMMARY_LONG(
      "Summary must be less than %s characters.",
      "Die Zusammenfassung muss weniger als %s Zeichen haben."),
  TEXT_LONG(
      "The entered text is too long. It exceeds the allowed limit of %s characters.",
      "Der eingegebene Text ist zu lang. Er überschreitet die Grenze von %s Zeichen."),
  CONTENT_LIMIT("CONTENT_LIMIT_EXCEEDED", "CONTENT_LIMIT_EXCEEDED"),
  NOT_TEXT("Operation value must be a string", "Der Wert muss eine Zeichenkette sein"),
  NOT_NUMBER("Operation value must be a number", "Der Wert muss eine Zahl sein"),
  NOT_ARRAY("Operation value must be an array", "Der Wert muss eine Liste sein"),
  NOT_ADF(
      "Operation value must be an Atlassian Document (see the Atlassian Document Format)",
      "Der Wert muss ein Atlassian-Dokument sein (siehe Atlassian Document Format)"),
  COMMENT_BODY("Comment body is not valid!", "Der Kommentartext ist ungültig!"),
  COMMENT_EMPTY("Comment body can not be empty!", "Der Kommentartext darf nicht leer sein!"),
  BAD_DATE(
      "Error parsing date string: %s. Use yyyy-MM-dd.",
      "Das Datum kann nicht gelesen werden: %s. Verwenden Sie yyyy-MM-dd."),
  LABEL_SPACES(
      "The label '%s' contains spaces which is invalid.",
      "Das Stichwort '%s' enthält Leerzeichen und ist ungültig."),
  LABEL_LONG(
      "The label '%s' exceeds the maximum length of 255 characters.",
      "Das Stichwort '%s' ist länger als 255 Zeichen."),
  NOT_ON_SCREEN(
      "Field '%s' cannot be set. It is not on the appropriate screen, or unknown.",
      "Das Feld '%s' kann nicht festgelegt werden. Es ist nicht auf der richtigen Seite oder"
          + " unbekannt."),
  BOTH_PLACES(
      "Field '%s' cannot appear in both 'fields' and 'update'",
      "Das Feld '%s' darf nicht in 'fields' und in 'update' stehen"),
  BAD_VERB(
      "Field '%s' does not support the operation '%s'.",
      "Das Feld '%s' unterstützt die Operation '%s' nicht."),
  BAD_VALUE("The %s selected is invalid.", "Der ausgewählte Wert für %s ist ungültig."),
  VALID_PROJECT("Specify a valid project ID or key", "Geben Sie ein gültiges Projekt an"),
  VALID_TYPE("Specify a valid issue type", "Geben Sie einen gültigen Vorgangstyp an"),
  NOT_IN_WORKFLOW(
      "The issue type selected has another workflow.",
      "Der ausgewählte Vorgangstyp hat einen anderen Arbeitsablauf."),
  BAD_PARENT(
      "The parent of this issue must be one level above it.",
      "Der übergeordnete Vorgang muss eine Ebene höher sein."),
  NO_UNASSIGNED("Issues must be assigned.", "Vorgänge müssen zugewiesen sein."),
  NO_PERMISSION(
      "You do not have permission to %s in this project.",
      "Sie haben in diesem Projekt keine Berechtigung: %s."),
  ARCHIVED("The issue %s is archived and read-only.", "Der Vorgang %s ist archiviert."),
  TRANSITION_ID("Missing 'transition' identifier", "Die Kennung 'transition' fehlt"),
  BAD_TRANSITION(
      "It seems that you have tried to perform a workflow operation (%s) that is not valid for the"
          + " current state of this issue (%s).",
      "Die Arbeitsablauf-Operation (%s) ist für den gegenwärtigen Status des Vorgangs (%s) nicht"
          + " zulässig."),
  CONFLICT(
      "The issue was changed by someone else at the same time. Try again.",
      "Der Vorgang wurde gleichzeitig von jemand anderem geändert. Versuchen Sie es erneut."),
  BULK_EMPTY("No issues were given.", "Es wurden keine Vorgänge angegeben."),
  BULK_LIMIT("Too many: at most %s are allowed.", "Zu viele: höchstens %s sind erlaubt."),
  VISIBILITY_BAD(
      "The %s '%s' does not exist, or you are not a member of it.",
      "%s '%s' ist nicht vorhanden, oder Sie sind kein Mitglied."),
  NO_COMMENT("Can not find a comment for the id: %s.", "Kein Kommentar mit der ID: %s."),
  NO_PROPERTY(
      "The property with the key '%s' does not exist.",
      "Die Eigenschaft mit dem Schlüssel '%s' ist nicht vorhanden."),
  PROPERTY_VALUE(
      "The property value must be a non-empty JSON value of at most 32768 characters.",
      "Der Wert der Eigenschaft muss ein nicht leerer JSON-Wert von höchstens 32768 Zeichen sein."),
  PROPERTY_KEY(
      "The property key must have at most 255 characters.",
      "Der Schlüssel der Eigenschaft darf höchstens 255 Zeichen haben."),
  LINKING_OFF("Issue linking is currently disabled.", "Vorgangsverknüpfungen sind abgeschaltet."),
  NO_LINK_TYPE(
      "No issue link type with name or id '%s' found.", "Kein Verknüpfungstyp '%s' gefunden."),
  LINK_SELF("An issue cannot be linked to itself.", "Ein Vorgang kann nicht auf sich zeigen."),
  SUBTASKS(
      "The issue '%s' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this"
          + " issue and all its subtasks.",
      "Der Vorgang '%s' hat Unteraufgaben. Geben Sie 'deleteSubtasks' an, um alle zu löschen."),
  SEARCH_GONE(
      "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full"
          + " migration guideline is available as CHANGE-2046",
      "Diese API wurde entfernt. Wechseln Sie zu /rest/api/3/search/jql, siehe CHANGE-2046"),
  UNBOUNDED(
      "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
      "Unbegrenzte JQL-Abfragen sind hier nicht erlaubt. Bitte schränken Sie die Suche ein."),
  TOO_MANY_SORTS(
      "At most 7 fields are allowed in ORDER BY.", "Höchstens 7 Felder sind in ORDER BY erlaubt."),
  PAGE_TOKEN("The next page token is not valid: %s.", "Ungültiger Seitenverweis: %s."),
  WINDOW(
      "Search limit exceeded: the result window is %s, but startAt + maxResults is %s.",
      "Suchgrenze überschritten: das Fenster ist %s, startAt + maxResults ist %s."),
  JQL_SYNTAX("Error in the JQL Query: %s", "Fehler in der JQL-Abfrage: %s"),
  JQL_RESERVED(
      "Error in JQL Query: '%s' is a reserved JQL word. You must surround it in quotation marks to"
          + " use it in a query.",
      "Fehler in der JQL-Abfrage: '%s' ist ein reserviertes Wort und muss in Anführungszeichen"
          + " stehen."),
  JQL_FIELD(
      "Field '%s' does not exist or you do not have permission to view it.",
      "Das Feld '%s' ist nicht vorhanden oder Sie dürfen es nicht sehen."),
  JQL_OPERATOR(
      "The operator '%s' is not supported by the '%s' field.",
      "Der Operator '%s' wird vom Feld '%s' nicht unterstützt."),
  JQL_VALUE(
      "The value '%s' does not exist for the field '%s'.",
      "Der Wert '%s' ist für das Feld '%s' nicht vorhanden."),
  JQL_KEY(
      "An issue with key '%s' does not exist for field '%s'.",
      "Ein Vorgang mit dem Schlüssel '%s' ist für das Feld '%s' nicht vorhanden."),
  JQL_DATE(
      "Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm',"
          + " 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
      "Der Datumswert '%s' für das Feld '%s' ist ungültig."),
  JQL_FUNCTION(
      "Unable to find JQL function '%s'.", "Die JQL-Funktion '%s' kann nicht gefunden werden."),
  JQL_SORT("Not able to sort using field '%s'.", "Nach dem Feld '%s' kann nicht sortiert werden."),
  SORT_BAD("orderBy must be created or -created, but was '%s'", "orderBy ist ungültig: '%s'"),
  RATE_LIMITED("Rate limit exceeded.", "Anfragegrenze überschritten."),
  UNAUTHORIZED(
      "Client must be authenticated to access this resource.",
      "Für diese Ressource ist eine Anmeldung erforderlich."),
  FORBIDDEN("Forbidden", "Verboten"),
  XSRF("XSRF check failed", "XSRF-Prüfung fehlgeschlagen"),
  MEDIA_TYPE("Unsupported Media Type", "Nicht unterstützter Medientyp"),
  BAD_METHOD("Method not allowed: %s", "Methode nicht erlaubt: %s"),
  NOT_FOUND("No such resource: %s", "Keine solche Ressource: %s"),
  NO_SIM_USER("X-Sim-User names nobody: %s", "X-Sim-User nennt niemanden: %s"),
  FAULT("A simulated failure (%s).", "Ein simulierter Fehler (%s)."),
  PER_ISSUE_LIMIT("The issue has too many %s.", "Der Vorgang hat zu viele: %s.");

  private final String english;
  private final String german;

  Wording(String english, String german) {
    this.english = english;
    this.german = german;
  }

  String in(String language, List<String> values) {
    return String.format(language.equals("de") ? german : english, values.toArray());
  }
}
