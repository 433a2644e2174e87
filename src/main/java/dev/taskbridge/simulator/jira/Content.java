package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the tracker of a security team might hold. */
final class Content {
  private static final List<String> WORK =
      List.of(
          "Review sign-ins of %s",
          "Rotate credentials used on %s",
          "Collect memory image from %s",
          "Block sender domain seen at %s",
          "Reimage %s",
          "Check EDR alerts of %s",
          "Close firewall exception for %s",
          "Confirm phishing report from %s",
          "Patch %s",
          "Search mail logs for messages to %s");
  private static final List<String> THINGS =
      List.of(
          "FIN-LT-0142",
          "the VPN gateway",
          "HR-WS-0077",
          "mail01",
          "the build server",
          "the finance share",
          "DC-03",
          "the customer portal",
          "OPS-LT-0311",
          "the backup vault");
  private static final List<String> LABELS =
      List.of("phishing", "malware", "vpn", "credentials", "patching");
  private static final Duration SPREAD = Duration.ofDays(14);

  private final Site site;

  Content(Site site) {
    this.site = site;
  }

  /** The few issues that a fresh site has. */
  void fresh() {
    add(4, new Random(20260301));
  }

  /** The same issues for the same arguments, the times apart, which count back from now. */
  JsonObject seed(JsonObject request) {
    int count = request.getInteger("tasks", 0);
    if (count < 0) {
      throw new IllegalArgumentException("tasks must be 0 or more, but was " + count);
    }
    JsonArray keys = add(count, new Random(request.getLong("seed", 1L)));
    return new JsonObject().put("issues", count).put("keys", keys);
  }

  private JsonArray add(int count, Random random) {
    Project project = site.projects().get(0);
    Workflow workflow = site.workflows().of(project);
    List<User> people = site.people().all();
    Instant now = site.now();
    JsonArray keys = new JsonArray();
    for (int i = 0; i < count; i++) {
      Instant created = now.minus(SPREAD).plus(SPREAD.dividedBy(count + 1L).multipliedBy(i + 1L));
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      String summary =
          WORK.get(random.nextInt(WORK.size()))
              .formatted(THINGS.get(random.nextInt(THINGS.size())));
      values.put("summary", summary);
      values.put("issuetype", project.types().get(random.nextInt(4) == 0 ? 1 : 0));
      values.put(
          "description",
          text(
              summary + " and write down what was found.\n\nAsk the owner before taking it away."));
      values.put("priority", site.priorities().get(random.nextInt(site.priorities().size())));
      values.put("labels", List.of(LABELS.get(random.nextInt(LABELS.size()))));
      values.put("reporter", people.get(random.nextInt(8)));
      values.put("creator", people.get(random.nextInt(8)));
      if (random.nextInt(3) > 0) {
        values.put("assignee", people.get(random.nextInt(8)));
      }
      if (random.nextInt(2) == 0) {
        values.put(
            "duedate", LocalDate.ofInstant(created, site.zone()).plusDays(3 + random.nextInt(20)));
      }
      Status status = workflow.statuses().get(random.nextInt(workflow.statuses().size()));
      values.put("status", status);
      values.put("statuscategorychangedate", created);
      if (status.category() == StatusCategory.DONE) {
        values.put("resolution", site.resolutions().get(0));
        values.put("resolutiondate", created);
      }
      Issue issue =
          new Issue(
                  site.issues().nextId(),
                  site.issues().nextKey(project),
                  project,
                  Map.of(),
                  List.of(),
                  Map.of(),
                  List.of(),
                  List.of(),
                  created,
                  created,
                  false)
              .withValues(values);
      site.issues().put(issue);
      keys.add(issue.key());
    }
    return keys;
  }

  private RichText text(String words) {
    return site.cloud()
        ? new RichText.Document(
            AdfNormal.of(WikiMarkup.read(words), site.switches().on(Switch.ADF_NORMALISED)))
        : new RichText.Markup(words);
  }
}
