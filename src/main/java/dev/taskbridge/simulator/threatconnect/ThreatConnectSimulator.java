package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An instance of ThreatConnect as far as Workflow Tasks reach, under {@code /api/v3}: tasks, cases,
 * notes, artifacts, workflow events, users, user groups and owners.
 *
 * <p>A fresh one holds the owner {@code Demo Organization}, the people and groups of {@link
 * dev.taskbridge.simulator.People} and a handful of cases. {@code POST /_sim/seed} adds more, see
 * {@link Seed}. With valid credentials the header {@code X-Sim-User: <e-mail>} makes a request act
 * as that person instead of the API user.
 *
 * <p>Switches of {@code PUT /_sim/switches}, with the default that the product has or is assumed to
 * have:
 *
 * <table>
 * <caption>Switches</caption>
 * <tr><th>name<th>default<th>meaning
 * <tr><td>caseClock<td>true<td>a change of a task, note or artifact moves {@code lastUpdated} of its
 *     case; undocumented, so both must be survived
 * <tr><td>pageEnvelopes<td>false<td>{@code Status} instead of {@code status} in GETs, and a single
 *     object as an array of one, as the documentation's page prints them
 * <tr><td>strict<td>false<td>400 to unknown fields in a body instead of ignoring them
 * <tr><td>uneditableOnPut<td>ignore<td>what PUT of {@code completedDate} and {@code dependentOnId}
 *     does: {@code ignore}, {@code refuse} (400) or {@code apply}, as the page says
 * <tr><td>closeByPut<td>true<td>false: a PUT that closes a task is answered 200 and not done, as seen
 *     by the vendor's SDK
 * <tr><td>assigneeNone<td>true<td>false: {@code {"type":"None"}} is refused, as before 7.11
 * <tr><td>bulkDelete<td>false<td>DELETE without an id works
 * <tr><td>nextScheme<td>http<td>the scheme of {@code next} and {@code prev}: {@code http} or {@code
 *     https}
 * <tr><td>requiredTasksHoldCase<td>true<td>a case with an unfinished required task cannot be closed
 * <tr><td>closingCaseClosesTasks<td>true<td>closing a case closes the tasks left in it
 * <tr><td>hiddenCases<td>[]<td>ids of cases that the API user may not see, with all that is in them
 * <tr><td>readOnly<td>false<td>true: every write is refused with 401
 * <tr><td>tokenExpired<td>false<td>true: the token is refused with 401, signatures still pass
 * <tr><td>licensed<td>true<td>false: every request is refused with 503
 * </table>
 */
public final class ThreatConnectSimulator extends SimulatorServer {
  private static final String API = "/api/v3";
  private static final Set<String> PLAIN = Set.of();

  private final Switches switches = new Switches();
  private final World world = new World(clock, switches, () -> faults().searchLag());
  private final List<Kind<?>> writable = new ArrayList<>();
  private final List<Kind<?>> readable = new ArrayList<>();
  private final Views views = new Views(world, about -> origin() + API + "/" + about);

  private ThreatConnectSimulator() {
    super("ThreatConnect");
    TqlAnswers answers = new TqlAnswers(world);
    Listing listing = new Listing(switches, clock, () -> origin().substring("http://".length()));
    TaskEndpoint tasks = new TaskEndpoint(world, switches, listing, answers, views);
    serve(tasks);
    serve(new CaseEndpoint(world, switches, listing, answers, views, tasks));
    serve(new NoteEndpoint(world, switches, listing, answers, views));
    serve(new ArtifactEndpoint(world, switches, listing, answers, views));
    serve(new EventEndpoint(world, switches, listing, answers, views));
    serve(
        new Directory<>(
            new Kind<>(
                "/security/users",
                "user",
                answers.user,
                () -> world.users.byId(),
                user -> true,
                List.of(),
                views::user),
            listing));
    serve(
        new Directory<>(
            new Kind<>(
                "/security/userGroups",
                "user group",
                answers.group,
                () -> world.groups.byId(),
                group -> true,
                List.of("users"),
                views::group),
            listing));
    serve(
        new Directory<>(
            new Kind<>(
                "/security/owners",
                "owner",
                answers.owner,
                ThreatConnectSimulator::owners,
                owner -> true,
                List.of(),
                (owner, fields) -> owner.toJson()),
            listing));
    serve("GET", "/openApi", request -> Reply.json(200, OpenApi.document(writable, readable)));
    otherwise(
        call -> {
          request(call);
          return Errors.forStatus(404);
        });
    new Seed(world).smallWorld();
  }

  /**
   * Starts a simulator on loopback.
   *
   * @param port 0 picks a free one; {@link #port()} tells which
   * @throws IllegalStateException if the port is taken
   */
  public static ThreatConnectSimulator start(int port) {
    ThreatConnectSimulator simulator = new ThreatConnectSimulator();
    simulator.listen(port);
    return simulator;
  }

  /**
   * Sets one switch, from any thread.
   *
   * @throws IllegalStateException naming the switch that is unknown or the value it refuses
   */
  public void flip(String name, Object value) {
    ask(
        () -> {
          switches.set(new JsonObject().put(name, value));
          return switches.toJson();
        });
  }

  @Override
  protected JsonObject credentials() {
    return Authentication.credentials();
  }

  @Override
  protected JsonObject state() {
    Set<String> taskFields = Set.of("caseId", "caseXid");
    return new JsonObject()
        .put("owner", World.OWNER)
        .put("users", all(world.users.all(), user -> views.user(user, PLAIN)))
        .put("userGroups", all(world.groups.all(), group -> views.group(group, PLAIN)))
        .put("cases", all(world.cases.all(), row -> views.investigation(row, PLAIN)))
        .put("tasks", all(world.tasks.all(), task -> views.task(task, taskFields)))
        .put("notes", all(world.notes.all(), note -> views.note(note, PLAIN)))
        .put("artifacts", all(world.artifacts.all(), it -> views.artifact(it, PLAIN)))
        .put("workflowEvents", all(world.events.all(), event -> views.event(event, PLAIN)));
  }

  @Override
  protected JsonObject seed(JsonObject request) {
    return new Seed(world).add(request);
  }

  @Override
  protected JsonObject switches() {
    return switches.toJson();
  }

  @Override
  protected void setSwitches(JsonObject changes) {
    switches.set(changes);
  }

  @Override
  protected Reply error(int status) {
    return Errors.forStatus(status);
  }

  @Override
  protected Reply tooManyRequests(Duration retryAfter) {
    return Errors.reply(429, "Too many requests")
        .with("Retry-After", Long.toString(retryAfter.toSeconds()));
  }

  private <R extends Row> void serve(Endpoint<R> endpoint) {
    String path = endpoint.kind().path();
    writable.add(endpoint.kind());
    describe(endpoint.kind());
    serve("GET", path, endpoint::list);
    serve("GET", path + "/:id", endpoint::one);
    serve("POST", path, endpoint::create);
    serve("PUT", path + "/:id", endpoint::update);
    serve("DELETE", path, endpoint::deleteMany);
    serve("DELETE", path + "/:id", endpoint::delete);
  }

  private <R extends Row> void serve(Directory<R> directory) {
    readable.add(directory.kind());
    describe(directory.kind());
    serve("GET", directory.kind().path(), directory::list);
    serve("GET", directory.kind().path() + "/:id", directory::one);
  }

  private void describe(Kind<?> kind) {
    serve("OPTIONS", kind.path(), request -> SelfDescription.describe(request, kind));
    serve("OPTIONS", kind.path() + "/fields", request -> SelfDescription.fields(kind));
    serve("OPTIONS", kind.path() + "/tql", request -> SelfDescription.tql(kind));
  }

  private void serve(String method, String path, Function<Request, Reply> operation) {
    on(method, API + path, call -> operation.apply(request(call)));
  }

  /** Lets in who may come in. */
  private Request request(Call call) {
    if (!switches.on(Toggle.LICENSED)) {
      return refuse(503);
    }
    Authentication.check(call, clock.instant(), switches);
    Assignee.User actor =
        call.actingAs()
            .map(
                name ->
                    world
                        .userByName(name)
                        .orElseThrow(
                            () -> Errors.badRequest("X-Sim-User: nobody is called " + name)))
            .orElse(world.apiUser);
    Request request = Request.of(call, actor);
    String owner = request.parameter("owner").orElse(World.OWNER);
    if (owner.equals(World.FORBIDDEN_OWNER)) {
      return refuse(403);
    }
    if (!owner.equals(World.OWNER)) {
      throw Errors.of(403, "The requested owner was not found");
    }
    return request;
  }

  private static Request refuse(int status) {
    throw new ReplyException(Errors.forStatus(status));
  }

  private static TreeMap<Long, Owner> owners() {
    TreeMap<Long, Owner> owners = new TreeMap<>();
    owners.put(World.OWNER_ID, new Owner(World.OWNER_ID, World.OWNER, "Organization"));
    return owners;
  }

  private static <R> JsonArray all(Collection<R> rows, Function<R, JsonObject> view) {
    JsonArray all = new JsonArray();
    rows.forEach(row -> all.add(view.apply(row)));
    return all;
  }
}
