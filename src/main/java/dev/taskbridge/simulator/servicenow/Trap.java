package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The habits of a real instance that surprise clients, each with the switch that {@code PUT
 * /_sim/switches} sets under its {@link #key()}. The default is what an instance as delivered does.
 */
enum Trap {
  // Who may come in
  BASIC_AUTH_RESTRICTED(false, "Basic needs the role snc_basic_auth_api_access, else 401"),
  LOCK_AFTER_FAILURES(6, "wrong passwords in a row that lock an account out; 0 never locks"),
  MFA_USERS(new JsonArray(), "user names whose Basic requests get 401 with X-MFA_TOKEN: invalid"),
  CLIENT_CREDENTIALS(false, "the client-credentials grant is enabled"),
  ACCESS_TOKEN_SECONDS(1800, "life of an access token"),
  ACCESS_TOKEN_USES(0, "requests after which an access token is dead at once; 0 is no limit"),
  REFRESH_TOKEN_SECONDS(8_640_000, "life of a refresh token"),
  REFRESH_REPEATS_TOKEN(true, "the answer to a refresh names the refresh token again"),
  REFRESH_ROTATES_TOKEN(false, "a refresh gives a new refresh token and ends the old one"),
  TOKENS_UNSCOPED(false, "tokens lack the scope useraccount: 403 on every API"),
  API_KEY(true, "x-sn-apikey is accepted"),

  // What may be seen and written
  HIDDEN_ROWS(
      new JsonObject(), "table to encoded query: rows that read rules hide from non-admins"),
  UNREADABLE_FIELDS(new JsonObject(), "table to field names missing from answers to non-admins"),
  UNWRITABLE_FIELDS(new JsonObject(), "table to field names that non-admins' writes lose, 2xx"),
  DENIED_TABLES(
      new JsonObject(),
      "table to empty, forbidden or forbidden-fields: what a non-admin's list gets there"),
  SECURITY_NEEDS_ROLE(true, "sn_si tables are empty and closed to those without an sn_si role"),
  SETUP_NEEDS_ADMIN(true, "only an admin may write users, choices and the like, else 403"),
  ABSENT_TABLES(new JsonArray(), "tables whose plugin is not installed: 400 Invalid table"),
  DELETE_NEEDS_ADMIN(false, "DELETE by a non-admin: 403"),
  CLOSE_NEEDS_ROLE(true, "only itil_admin or admin may set an incident to Closed"),
  CLOSE_WITHOUT_ROLE("forbidden", "what happens without it: forbidden (403) or dropped (200)"),

  // Negotiation
  ACCEPT_REQUIRED(true, "no Accept header: 400"),
  CONTENT_TYPE_REQUIRED(true, "a body without a Content-Type: 400"),
  MAX_URL_BYTES(8192, "a longer request target: 414 and a page that is not JSON"),
  SLEEPING(false, "every request is answered 200 text/html, as by a hibernating instance"),

  // Reads
  TOTAL_COUNT_IGNORES_READ_RULES(true, "X-Total-Count counts rows that read rules hide"),
  LIMIT_BEFORE_READ_RULES(true, "hidden rows use up the limit: short and empty pages"),
  UNORDERED_SHUFFLES(false, "rows that ORDERBY leaves tied come in another order every time"),
  PARTIAL_LIST_AFTER(-1, "lists break off after so many rows with 200 and an error; -1 never"),

  // Queries
  UNKNOWN_FIELD_RETURNS_NO_ROWS(false, "an unknown field gives no rows; else its term is dropped"),
  CARET_ESCAPE(true, "^^ in a value is one ^; else every ^ separates"),
  NOT_EQUALS_INCLUDES_EMPTY(false, "!=, NOT IN and NOT LIKE match empty values"),
  GUARDED_SCRIPTS(true, "javascript: beyond the date helpers matches nothing"),

  // Writes
  ALLOW_UNKNOWN_CHOICES(false, "choice values outside sys_choice are stored; else dropped, 2xx"),
  CLIENT_SYS_ID(true, "POST may bring its own sys_id; a second one with it is 403"),
  OVERLONG_TEXT("truncated", "text beyond a field's length: truncated or refused (403)"),

  // Rules
  PRIORITY_LOOKUP(true, "an incident's priority follows impact and urgency, whatever was sent"),
  CLOSE_DATA_POLICY(true, "resolving or closing needs close code and notes, else 403"),
  HOLD_NEEDS_REASON(true, "an incident On Hold needs hold_reason, else 403"),
  REOPEN_CLEARS_CLOSE_FIELDS(true, "reopening an incident clears close_code and close_notes"),
  CLOSED_JOURNALS_VANISH(true, "comments to a closed incident: 200 and nothing stored"),
  RESOLVE_CHILDREN(true, "resolving an incident resolves its children"),
  AUTO_CLOSE_HOURS(0, "hours after which system closes resolved incidents; 0 never"),
  PROBLEM_STATE_FROZEN(true, "the Table API cannot change a problem's state: 200, unchanged"),
  CHANGE_STATE_MODEL(true, "a change moves only along its state model, else 403"),
  SECURITY_STATEFUL(true, "security incidents never move back (NIST Stateful), else NIST Open"),
  CATALOG_TASK_SKIPPED("7", "sc_task's stored value for Closed Skipped: 7 or 5"),
  ASSIGNEE_OUTSIDE_GROUP(
      "kept",
      "a local rule on an assignee who is not in the group: kept, cleared or refused (403)"),
  ASYNC_RULE_MILLIS(0, "after so long, system touches a written task again; 0 never"),
  ATTACHMENT_BUMPS_PARENT(false, "an attachment bumps its record's sys_updated_on"),

  // Limits
  RATE_RULES(
      new JsonArray(),
      "rules such as {\"for\":\"user:svc.bridge\",\"resource\":\"table\",\"limit\":100} per hour;"
          + " for: user:NAME, role:NAME or all; resource: table, batch, ... or *"),
  RATE_HEADERS(true, "429 carries Retry-After, and rated answers X-RateLimit-*"),
  RATE_JSON(true, "429 has a JSON body, else a page"),
  BATCH_QUOTA_MILLIS(30_000, "a batch's time; what is left over comes back unserviced"),
  BATCH_UNSERVICED_AFTER(-1, "batch items serviced before the rest is left over; -1 all"),

  // Faults at a place of one's choosing
  SCRIPTED_FAULTS(
      new JsonArray(),
      "faults such as {\"fault\":\"lostResponse\",\"method\":\"POST\",\"path\":\"/table/incident\","
          + "\"after\":0,\"times\":1}, also inside batches"),

  // Outbound
  WEBHOOK(
      new JsonObject(),
      "a business rule's deliveries: {\"url\":…,\"secret\":…,\"header\":\"X-Hub-Signature\","
          + "\"tables\":[…],\"skipUsers\":[…],\"delayMillis\":0,\"copies\":1,\"loseEvery\":0}");

  private static final Pattern WORD_START = Pattern.compile("_([a-z])");

  private final Object byDefault;
  private final String what;

  Trap(Object byDefault, String what) {
    this.byDefault = byDefault;
    this.what = what;
  }

  /** The switch's name, such as {@code clientSysId}. */
  String key() {
    return WORD_START
        .matcher(name().toLowerCase(Locale.ROOT))
        .replaceAll(match -> Matcher.quoteReplacement(match.group(1).toUpperCase(Locale.ROOT)));
  }

  Object byDefault() {
    return byDefault;
  }

  String what() {
    return what;
  }
}
