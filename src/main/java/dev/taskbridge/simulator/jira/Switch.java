package dev.taskbridge.simulator.jira;

import java.util.List;

/**
 * Every trap of Jira that can be turned on or off with {@code PUT /_sim/switches}, such as {@code
 * {"deadToken": "anonymous"}}. The default is what the product does. A switch counted in requests
 * ("the next n …") counts itself down.
 */
enum Switch {
  /**
   * What good credentials are worth: {@code no} they work; {@code unauthorized} 401 everywhere;
   * {@code anonymous} calls that allow anonymous use answer 200 with nothing in it and a header
   * {@code X-Seraph-LoginReason: AUTHENTICATED_FAILED}; {@code captcha} the same with {@code
   * AUTHENTICATION_DENIED}, and 403 where anonymous use is not allowed.
   */
  DEAD_TOKEN("deadToken", Kind.CHOICE, "no", "no", "unauthorized", "anonymous", "captcha"),
  /** Whether user name and password, or e-mail and token, are accepted; Data Center 11 says no. */
  BASIC_AUTH("basicAuth", Kind.FLAG, true),
  /** The version that {@code serverInfo} reports on Data Center. */
  DC_VERSION("dcVersion", Kind.TEXT, "10.3.24"),
  /** The API account's time zone: JQL dates are read in it. */
  USER_ZONE("userZone", Kind.TEXT, "America/New_York"),
  /** The site's time zone: every timestamp in an answer is written in it. */
  SITE_ZONE("siteZone", Kind.TEXT, "Europe/Berlin"),
  /** Groups the API account is in: comments restricted to others are invisible to it. */
  API_USER_GROUPS("apiUserGroups", Kind.WORDS, List.of("SOC Team")),
  /** Project roles the API account has: comments restricted to others are invisible to it. */
  API_USER_ROLES("apiUserRoles", Kind.WORDS, List.of("Developers")),
  /** The host in every {@code self}, as behind a proxy; empty is the simulator's own. */
  SELF_ORIGIN("selfOrigin", Kind.TEXT, ""),
  /** The language of error texts. */
  LANGUAGE("language", Kind.CHOICE, "en", "en", "de"),
  /** What the body of an error is. */
  ERROR_BODY("errorBody", Kind.CHOICE, "json", "json", "html", "empty"),
  /** Whether a 503 says when to come back. */
  RETRY_AFTER_ON_503("retryAfterOn503", Kind.FLAG, false),
  /**
   * Which DELETE without {@code Content-Type: application/json} is a 415 on Cloud; seen for remote
   * links only.
   */
  DELETE_WANTS_CONTENT_TYPE(
      "deleteWantsContentType", Kind.CHOICE, "remote-links", "remote-links", "all", "none"),

  /** Every n-th search forgets what was first indexed within the last minute; 0 never. */
  INDEX_REGRESS("indexRegress", Kind.NUMBER, 0L),
  /** Cloud search gives no page longer than this, whatever was asked; 0 has no such limit. */
  SHORT_PAGES("shortPages", Kind.NUMBER, 0L),
  /**
   * Whether Cloud's version 2 still searches by offset, for clients that know nothing newer; the
   * product took that away in 2025 and answers 410.
   */
  OFFSET_SEARCH("offsetSearch", Kind.FLAG, true),
  /** How long a Cloud page token works. */
  PAGE_TOKEN_LIFE("pageTokenLifeSeconds", Kind.NUMBER, 7L * 24 * 3600),
  /** Search by offset cuts {@code maxResults} to this. */
  MAX_PAGE("maxPage", Kind.NUMBER, 1000L),
  /** Search by offset is 500 when {@code startAt + maxResults} goes beyond; 0 has no window. */
  RESULT_WINDOW("resultWindow", Kind.NUMBER, 10_000L),
  /** A key or id in JQL that does not exist: the whole query fails, or it matches nothing. */
  UNKNOWN_KEY_IN_JQL("unknownKeyInJql", Kind.CHOICE, "reject", "reject", "ignore"),
  /** Whether the API account may see the projects at all; without it everything is gone. */
  BROWSE_PROJECTS("browseProjects", Kind.FLAG, true),

  /** Whether the API account may create, edit and comment. */
  EDIT_ISSUES("editIssues", Kind.FLAG, true),
  /** Whether the API account may transition; without it the list is empty, with 200. */
  TRANSITION_ISSUES("transitionIssues", Kind.FLAG, true),
  /** Whether the API account may look people up; without it user searches are empty, with 200. */
  BROWSE_USERS("browseUsers", Kind.FLAG, true),
  /** E-mail addresses that Cloud neither shows nor searches. */
  HIDDEN_EMAILS("hiddenEmails", Kind.WORDS, List.of()),
  /** Whether an issue may be without an assignee. */
  UNASSIGNED_ALLOWED("unassignedAllowed", Kind.FLAG, true),
  /** Whether issue links and remote links are turned on. */
  LINKING("linking", Kind.FLAG, true),
  /** Fields that are on no create screen. */
  NOT_ON_CREATE_SCREEN("notOnCreateScreen", Kind.WORDS, List.of()),
  /** Fields that are on no edit screen. */
  NOT_ON_EDIT_SCREEN("notOnEditScreen", Kind.WORDS, List.of()),
  /** Fields that must be filled when an issue is created, beyond Jira's own. */
  REQUIRED_ON_CREATE("requiredOnCreate", Kind.WORDS, List.of()),
  /** What an edit that carries a status gets: a 400, or a 2xx that did not do it. */
  STATUS_IN_EDIT("statusInEdit", Kind.CHOICE, "reject", "reject", "ignore"),

  /** The workflow of project SEC: see {@code Workflows}; {@code PUT /_sim/workflow} sets others. */
  WORKFLOW("workflow", Kind.CHOICE, "simplified", "simplified", "nine-status", "custom"),
  /** The next n transitions meet somebody else's and get 409. */
  TRANSITION_CONFLICTS("transitionConflicts", Kind.NUMBER, 0L),
  /** The next n edits meet somebody else's and get 409. */
  EDIT_CONFLICTS("editConflicts", Kind.NUMBER, 0L),
  /** The next n transitions inside a create fail; the issue exists all the same, with 201. */
  FAIL_TRANSITION_IN_CREATE("failTransitionInCreate", Kind.NUMBER, 0L),
  /** What a transition that is not available gets; Data Center's document says 500. */
  BAD_TRANSITION_STATUS("badTransitionStatus", Kind.NUMBER, 400L),

  /** Whether Cloud adds attributes to the documents it stores. */
  ADF_NORMALISED("adfNormalised", Kind.FLAG, true),
  /** Whether Data Center gives line ends back as CR LF. */
  CRLF("crlf", Kind.FLAG, false),
  COMMENT_ADD_TOUCHES("commentAddBumpsUpdated", Kind.FLAG, true),
  COMMENT_EDIT_TOUCHES("commentEditBumpsUpdated", Kind.FLAG, false),
  PROPERTY_TOUCHES("propertyBumpsUpdated", Kind.FLAG, false),
  /** A remote link added, changed or removed; assumed. */
  REMOTE_LINK_TOUCHES("remoteLinkBumpsUpdated", Kind.FLAG, true),
  /** An edit that changes no value. */
  EMPTY_EDIT_TOUCHES("emptyEditBumpsUpdated", Kind.FLAG, false),

  /** Cloud: 20 writes in 2 s and 100 in 30 s on one issue, then 429. */
  PER_ISSUE_WRITES("perIssueWriteLimit", Kind.FLAG, true),
  /** Cloud: requests per second by method, as published; off, for loopback outruns any network. */
  BURST_LIMITS("burstLimits", Kind.FLAG, false),
  /** Cloud: points per hour before 429; 0 is no quota, as API tokens have none. */
  HOURLY_POINTS("hourlyPoints", Kind.NUMBER, 0L),
  /** Which quota the points are counted against. */
  QUOTA_SCOPE("quotaScope", Kind.CHOICE, "global", "global", "tenant"),
  /** Data Center: a token bucket of this size per user, refilled once a second; 0 is off. */
  DC_BUCKET("dcBucket", Kind.NUMBER, 0L),

  /** Where webhooks go that nobody had to register; empty for nowhere. */
  WEBHOOK_URL("webhookUrl", Kind.TEXT, ""),
  /** The key that signs them; empty for unsigned. */
  WEBHOOK_SECRET("webhookSecret", Kind.TEXT, ""),
  /** Each webhook is delivered this many times, its identifier unchanged. */
  WEBHOOK_COPIES("webhookCopies", Kind.NUMBER, 1L),
  /** Webhooks are held back and sent in pairs, the later one first. */
  WEBHOOKS_SWAPPED("webhooksSwapped", Kind.FLAG, false),
  /** Webhooks travel in the Secondary lane and leave this many seconds late. */
  WEBHOOK_DELAY("webhookDelaySeconds", Kind.NUMBER, 0L),
  /** Whether webhooks carry text as a document; else as wiki markup. */
  WEBHOOK_ADF("webhookAdf", Kind.FLAG, false);

  enum Kind {
    FLAG,
    NUMBER,
    TEXT,
    CHOICE,
    WORDS
  }

  final String key;
  final Kind kind;
  final Object standard;
  final List<String> choices;

  Switch(String key, Kind kind, Object standard, String... choices) {
    this.key = key;
    this.kind = kind;
    this.standard = standard;
    this.choices = List.of(choices);
  }
}
