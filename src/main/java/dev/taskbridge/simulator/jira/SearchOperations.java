package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Search: by page token on Cloud, by offset on Data Center and for Cloud's older clients. */
final class SearchOperations {
  private static final int PAGE = 50;
  private static final int CLOUD_LIMIT = 5000;
  private static final int SORTS = 7;
  private static final int PROPERTY_KEYS = 5;
  private static final int RECONCILE = 50;
  private static final int SUGGESTIONS = 20;
  private static final Shape CLOUD =
      Shape.of()
          .with(Shape.Type.TEXT, "jql", "nextPageToken", "expand")
          .with(Shape.Type.WHOLE, "maxResults")
          .with(Shape.Type.TEXTS, "fields", "properties")
          .with(Shape.Type.FLAG, "fieldsByKeys")
          .with(Shape.Type.WHOLES, "reconcileIssues");
  private static final Shape DC =
      Shape.of()
          .with(Shape.Type.TEXT, "jql")
          .with(Shape.Type.WHOLE, "startAt", "maxResults")
          .with(Shape.Type.TEXTS, "fields", "expand")
          .with(Shape.Type.FLAG, "validateQuery");

  /** What Cloud took before it went over to page tokens. */
  private static final Shape OLD_CLOUD =
      Shape.of()
          .with(Shape.Type.TEXT, "jql")
          .with(Shape.Type.WHOLE, "startAt", "maxResults")
          .with(Shape.Type.TEXTS, "fields", "properties")
          .with(Shape.Type.FLAG, "fieldsByKeys")
          .with(Shape.Type.ANY, "expand", "validateQuery");

  private static final Set<String> LENIENT = Set.of("false", "warn", "none");
  private static final Shape COUNT = Shape.of().with(Shape.Type.TEXT, "jql");

  private final Site site;
  private final Searcher searcher;
  private final PageTokens tokens;
  private final Supplier<Duration> lag;

  /**
   * @param lag how far the index is behind
   */
  SearchOperations(Site site, Supplier<Duration> lag) {
    this.site = site;
    this.searcher = new Searcher(site);
    this.tokens = new PageTokens(site);
    this.lag = lag;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/picker", Access.READ, this::suggestions);
    if (site.cloud()) {
      routes.on("POST", "search/jql", Access.READ, visit -> byToken(visit, visit.body(CLOUD)));
      routes.on("GET", "search/jql", Access.READ, visit -> byToken(visit, query(visit)));
      routes.on("POST", "search/approximate-count", Access.READ, this::count);
      routes.on("GET", "search", Access.READ, visit -> byOffset(visit, query(present(visit))));
      routes.on(
          "POST", "search", Access.READ, visit -> byOffset(visit, present(visit).body(OLD_CLOUD)));
    } else {
      routes.on("POST", "search", Access.READ, visit -> byOffset(visit, visit.body(DC)));
      routes.on("GET", "search", Access.READ, visit -> byOffset(visit, query(visit)));
    }
  }

  /** Version 3 has lost this search for good; version 2 as the switch says. */
  private Visit present(Visit visit) {
    if (visit.view().version() == ApiVersion.V3 || !site.switches().on(Switch.OFFSET_SEARCH)) {
      throw visit.refuse(410, Wording.SEARCH_GONE);
    }
    return visit;
  }

  /** The same request by GET. */
  private static JsonObject query(Visit visit) {
    JsonObject query = new JsonObject();
    visit.call().queryParam("jql").ifPresent(jql -> query.put("jql", jql));
    visit.call().queryParam("nextPageToken").ifPresent(t -> query.put("nextPageToken", t));
    query.put("startAt", visit.number("startAt", 0));
    visit.call().queryParam("validateQuery").ifPresent(how -> query.put("validateQuery", how));
    query.put("maxResults", visit.number("maxResults", PAGE));
    query.put("fields", new JsonArray(visit.list("fields")));
    query.put("properties", new JsonArray(visit.list("properties")));
    query.put("expand", new JsonArray(visit.list("expand")));
    JsonArray reconcile = new JsonArray();
    for (String id : visit.list("reconcileIssues")) {
      if (!id.matches("\\d{1,18}")) {
        throw visit.invalid("reconcileIssues must be ids of issues");
      }
      reconcile.add(Long.valueOf(id));
    }
    return query.put("reconcileIssues", reconcile);
  }

  private JqlClause.Query read(Visit visit, String jql) {
    return jql(visit, () -> JqlReader.read(jql));
  }

  private static <T> T jql(Visit visit, Supplier<T> work) {
    try {
      return work.get();
    } catch (BadJql e) {
      throw visit.refuse(400, e.wording, e.values);
    }
  }

  private JqlClause.Query bounded(Visit visit, String jql) {
    JqlClause.Query query = read(visit, jql);
    if (query.clause() == null) {
      throw visit.refuse(400, Wording.UNBOUNDED);
    }
    if (query.sorts().size() > SORTS) {
      throw visit.refuse(400, Wording.TOO_MANY_SORTS);
    }
    return query;
  }

  private Reply byToken(Visit visit, JsonObject body) {
    String jql = Optional.ofNullable(body.getString("jql")).orElse("");
    JqlClause.Query query = bounded(visit, jql);
    int wanted = Optional.ofNullable(body.getInteger("maxResults")).orElse(PAGE);
    if (wanted < 0) {
      throw visit.invalid("maxResults must not be negative");
    }
    long shortPage = site.switches().number(Switch.SHORT_PAGES);
    int size = Math.min(wanted == 0 ? PAGE : wanted, CLOUD_LIMIT);
    if (shortPage > 0) {
      size = (int) Math.min(size, shortPage);
    }
    Set<Long> reconcile = new HashSet<>();
    JsonArray ids = body.getJsonArray("reconcileIssues");
    if (ids != null) {
      ids.forEach(id -> reconcile.add(((Number) id).longValue()));
    }
    if (reconcile.size() > RECONCILE) {
      throw visit.refuse(400, Wording.BULK_LIMIT, RECONCILE + " reconcileIssues");
    }
    List<String> properties = Visit.texts(body, "properties");
    if (properties.size() > PROPERTY_KEYS) {
      throw visit.refuse(400, Wording.BULK_LIMIT, PROPERTY_KEYS + " properties");
    }
    String token = body.getString("nextPageToken");
    String signature = jql + reconcile.stream().sorted().toList();
    Issue last = token == null || token.isEmpty() ? null : tokens.last(visit, token, signature);
    Searcher.Result result =
        jql(visit, () -> searcher.search(query, visit.user(), lag.get(), reconcile));
    List<Issue> rest =
        last == null
            ? result.issues()
            : result.issues().stream()
                .filter(issue -> result.order().compare(issue, last) > 0)
                .toList();
    List<Issue> page = rest.subList(0, Math.min(size, rest.size()));
    visit.limits().rowsRead(page.size());
    JsonObject answer = rows(visit, body, page, properties, List.of("id"));
    boolean isLast = page.size() == rest.size();
    answer.put("isLast", isLast);
    if (!isLast) {
      answer.put("nextPageToken", tokens.issue(signature, page.get(page.size() - 1)));
    }
    return Reply.json(200, answer);
  }

  private JsonObject rows(
      Visit visit,
      JsonObject body,
      List<Issue> page,
      List<String> properties,
      List<String> standard) {
    List<String> fields = Visit.texts(body, "fields");
    Object asked = body.getValue("expand");
    Set<String> expand =
        new HashSet<>(
            Visit.split(
                asked instanceof String text ? List.of(text) : Visit.texts(body, "expand")));
    List<String> shown = Visit.split(fields.isEmpty() ? standard : fields);
    boolean names = expand.remove("names");
    boolean schema = expand.remove("schema");
    IssueView view = new IssueView(visit.view(), shown, properties, expand);
    // Asked for nothing but ids, Cloud gives rows with nothing but ids.
    boolean onlyIds =
        site.cloud() && shown.equals(List.of("id")) && properties.isEmpty() && expand.isEmpty();
    JsonArray issues = new JsonArray();
    for (Issue issue : page) {
      issues.add(
          onlyIds ? new JsonObject().put("id", String.valueOf(issue.id())) : view.show(issue));
    }
    JsonObject answer = new JsonObject().put("issues", issues);
    if (names) {
      answer.put("names", view.names());
    }
    if (schema) {
      answer.put("schema", view.schema());
    }
    return answer;
  }

  /** What a search box offers while somebody types. */
  private Reply suggestions(Visit visit) {
    String words = visit.call().queryParam("query").orElse("").toLowerCase(Locale.ROOT);
    String jql = visit.call().queryParam("currentJQL").orElse("");
    JqlClause.Query query = read(visit, jql);
    JsonArray issues = new JsonArray();
    jql(visit, () -> searcher.search(query, visit.user(), lag.get(), Set.of())).issues().stream()
        .filter(
            issue ->
                (issue.key() + "\n" + issue.summary()).toLowerCase(Locale.ROOT).contains(words))
        .limit(SUGGESTIONS)
        .forEach(
            issue ->
                issues.add(
                    new JsonObject()
                        .put("id", issue.id())
                        .put("key", issue.key())
                        .put("keyHtml", View.escaped(issue.key()))
                        .put("img", "/images/icons/issuetypes/task.png")
                        .put("summary", View.escaped(issue.summary()))
                        .put("summaryText", issue.summary())));
    JsonObject section =
        new JsonObject()
            .put("label", "Current Search")
            .put("sub", "Showing " + issues.size() + " of " + issues.size() + " matching issues")
            .put("id", "cs")
            .put("issues", issues);
    return Reply.json(200, new JsonObject().put("sections", new JsonArray().add(section)));
  }

  private Reply count(Visit visit) {
    String jql = Optional.ofNullable(visit.body(COUNT).getString("jql")).orElse("");
    JqlClause.Query query = bounded(visit, jql);
    Searcher.Result result =
        jql(visit, () -> searcher.search(query, visit.user(), lag.get(), Set.of()));
    return Reply.json(200, new JsonObject().put("count", result.issues().size()));
  }

  private Reply byOffset(Visit visit, JsonObject body) {
    String jql = Optional.ofNullable(body.getString("jql")).orElse("");
    String validation = String.valueOf(body.getValue("validateQuery")).toLowerCase(Locale.ROOT);
    boolean strict = !LENIENT.contains(validation);
    int startAt = Math.max(0, Optional.ofNullable(body.getInteger("startAt")).orElse(0));
    int wanted = Optional.ofNullable(body.getInteger("maxResults")).orElse(PAGE);
    // A negative size asks for as many as there may be.
    int most = (int) site.switches().number(Switch.MAX_PAGE);
    int size = wanted < 0 ? most : Math.min(wanted, most);
    long window = site.switches().number(Switch.RESULT_WINDOW);
    if (window > 0 && startAt + size > window) {
      throw visit.refuse(
          500, Wording.WINDOW, String.valueOf(window), String.valueOf(startAt + size));
    }
    List<Issue> found = List.of();
    JsonArray warnings = new JsonArray();
    try {
      found = searcher.search(JqlReader.read(jql), visit.user(), lag.get(), Set.of()).issues();
    } catch (BadJql e) {
      if (strict || e.wording == Wording.JQL_SYNTAX) {
        throw visit.refuse(400, e.wording, e.values);
      }
      warnings.addAll(
          visit.problems().add(e.wording, e.values).toJson().getJsonArray("errorMessages"));
    }
    int from = Math.min(startAt, found.size());
    List<Issue> page = found.subList(from, Math.min(from + size, found.size()));
    JsonObject answer =
        rows(visit, body, page, Visit.texts(body, "properties"), List.of("*navigable"));
    answer
        .put("expand", "schema,names")
        .put("startAt", startAt)
        .put("maxResults", size)
        .put("total", found.size());
    if (!warnings.isEmpty()) {
      answer.put("warningMessages", warnings);
    }
    if (site.switches().text(Switch.DC_VERSION).startsWith("11.")) {
      answer.put("maxResultWindow", window);
    }
    return Reply.json(200, answer);
  }
}
