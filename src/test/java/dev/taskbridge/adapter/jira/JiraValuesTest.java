package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.LinkBack;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of every kind on their way into Jira's fields and back. */
final class JiraValuesTest {
  private static FieldName custom(int number) {
    return new FieldName("customfield_" + number);
  }

  private static final FieldName CASE = custom(10042);
  private static final FieldName LESSONS = custom(10043);
  private static final FieldName SOURCE = custom(10044);
  private static final FieldName AREAS = custom(10045);
  private static final FieldName HOSTS = custom(10046);
  private static final FieldName CONTAINED = custom(10047);
  private static final FieldName FIRST_SEEN = custom(10048);
  private static final FieldName LEAD = custom(10049);

  private static final Scope SCOPE =
      new Scope(
          JiraWorld.SCOPE.settings(),
          with(
              JiraWorld.FIELDS,
              CASE,
              LESSONS,
              SOURCE,
              AREAS,
              HOSTS,
              CONTAINED,
              FIRST_SEEN,
              LEAD,
              FieldName.DEPENDENCY),
          Map.of());

  private static List<FieldName> with(List<FieldName> fields, FieldName... more) {
    List<FieldName> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return all;
  }

  private static Names names(String... names) {
    return new Names(new TreeSet<>(List.of(names)));
  }

  private static TicketBench jira(Flavour flavour) {
    return JiraWorld.bench(flavour, SCOPE, JiraWorld.SETTINGS);
  }

  private static Map<FieldName, FieldValue> typed() {
    Map<FieldName, FieldValue> values = new LinkedHashMap<>();
    values.put(CASE, FieldValue.text("Phishing of finance"));
    values.put(LESSONS, FieldValue.text("Train people.\n\nAsk {code} twice | or thrice."));
    values.put(SOURCE, Choice.named("SIEM"));
    values.put(AREAS, names("Network", "Identity"));
    values.put(HOSTS, FieldValue.text("12.5"));
    values.put(CONTAINED, new FieldValue.Day(LocalDate.of(2024, 2, 29)));
    values.put(FIRST_SEEN, new FieldValue.Moment(Instant.parse("2026-03-09T14:05:06Z")));
    values.put(LEAD, User.withEmail("chen.wei@example.com"));
    return values;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void fields_of_jiras_own_hold_values_of_their_types(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Written<Ticket> made = only(jira.create(jira.ticket("Typed", typed())));
      Written<Ticket> edited = jira.update(jira.made(Map.of()), typed());

      for (Written<Ticket> written : List.of(made, edited)) {
        assertThat(written.refused()).isEmpty();
        Ticket ticket = jira.present(written.now().id());
        assertThat(((Choice) ticket.value(SOURCE)).label()).isEqualTo("SIEM");
        assertThat(((User) ticket.value(LEAD)).email()).isEqualTo("chen.wei@example.com");
        for (FieldName name : List.of(CASE, LESSONS, AREAS, HOSTS, CONTAINED, FIRST_SEEN)) {
          assertThat(ticket.value(name)).isEqualTo(typed().get(name));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_template_gives_text_and_text_finds_its_way_into_every_type(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Map<FieldName, FieldValue> texts =
          Map.of(
              SOURCE, FieldValue.text("mail"),
              AREAS, FieldValue.text("Endpoint"),
              CONTAINED, FieldValue.text("2026-03-09"),
              LEAD, FieldValue.text("pat.jones@example.com"));

      Written<Ticket> written = only(jira.create(jira.ticket("Texts", texts)));

      assertThat(written.refused()).isEmpty();
      assertThat(((Choice) written.now().value(SOURCE)).label()).isEqualTo("Mail");
      assertThat(written.now().value(AREAS)).isEqualTo(names("Endpoint"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_value_without_a_counterpart_is_refused_with_what_there_is(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Written<Ticket> written =
          only(
              jira.create(
                  jira.ticket(
                      "Odd",
                      Map.of(
                          SOURCE, FieldValue.text("Crystal ball"),
                          HOSTS, FieldValue.text("a dozen"),
                          CONTAINED, FieldValue.text("soon")))));

      assertThat(written.refused()).containsOnlyKeys(SOURCE, HOSTS, CONTAINED);
      assertThat(written.refused().get(SOURCE).words()).contains("Crystal ball", "\"EDR\"");
      assertThat(written.refused().get(HOSTS).words()).contains("a dozen");
      assertThat(written.refused().get(CONTAINED).words()).contains("soon");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void every_field_can_be_cleared(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket full = only(jira.create(jira.ticket("Full", typed()))).now();
      Map<FieldName, FieldValue> clear = new LinkedHashMap<>();
      typed().keySet().forEach(name -> clear.put(name, FieldValue.ABSENT));

      Written<Ticket> written = jira.update(full, clear);

      assertThat(written.refused()).isEmpty();
      assertThat(written.now().fields())
          .doesNotContainKeys(clear.keySet().toArray(FieldName[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void labels_are_added_and_removed_and_the_key_and_other_peoples_labels_stay(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket seen = jira.made(Map.of(FieldName.LABELS, names("phase-1", "vpn")));
      new RawJira(jira)
          .put(
              "/rest/api/2/issue/" + seen.id(),
              "{\"update\": {\"labels\": [{\"add\": \"meanwhile\"}]}}");

      Written<Ticket> written =
          jira.update(seen, Map.of(FieldName.LABELS, names("phase 2", "vpn")));

      assertThat(jira.present(seen.id()).value(FieldName.LABELS))
          .isEqualTo(names("meanwhile", "phase_2", "vpn"));
      assertThat(written.now().idempotencyKeys()).isEqualTo(seen.idempotencyKeys());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void text_of_every_script_and_shape_arrives_readable(Flavour flavour) {
    List<String> texts =
        List.of(
            "🔥 漢字 שלום עולם مرحبا é \u200F mixed",
            "{code}rm -rf{code} | cell | ![x](y) *bold* _it_ h1. no",
            "h1. Not a title\nbq. nor a quote\n# nor a list\n- but this is",
            "C:\\temp\\new \\\\server\\share \\{x} &#92; :) (x)",
            "<script>alert(1)</script> &amp; \"quoted\" 'single'",
            "- one\n- two\n  1. nested\n\n```\ncode\n\nmore\n```\n\nhttps://x.example/a_b?c=d");
    try (TicketBench jira = jira(flavour)) {
      for (String text : texts) {
        Map<FieldName, FieldValue> fields = Map.of(FieldName.DESCRIPTION, FieldValue.text(text));

        Written<Ticket> written =
            only(jira.create(jira.ticket(text.replace('\n', ' ').repeat(8), fields)));

        assertThat(written.refused()).isEmpty();
        assertThat(written.now().value(FieldName.DESCRIPTION)).isEqualTo(FieldValue.text(text));
        assertThat(written.now().value(FieldName.TITLE).shown())
            .isEqualTo(ValueWriter.summary(text.replace('\n', ' ').repeat(8)))
            .hasSizeLessThanOrEqualTo(255);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_long_description_and_a_title_of_many_lines_arrive_cut_with_a_mark(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      String line = "Line with {braces} and \"quotes\".\n";
      Written<Ticket> written =
          only(
              jira.create(
                  jira.ticket(
                      "First line\nsecond line",
                      Map.of(
                          FieldName.DESCRIPTION,
                          FieldValue.text(line.repeat(40_000 / line.length()))))));

      assertThat(written.refused()).isEmpty();
      assertThat(written.now().value(FieldName.TITLE))
          .isEqualTo(FieldValue.text("First line second line"));
      assertThat(written.now().value(FieldName.DESCRIPTION).shown())
          .startsWith(line)
          .endsWith("]")
          .contains("cut here", "https://tc.example.com/tasks/")
          .hasSizeGreaterThan(10_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_dependency_is_an_issue_link_that_leaves_other_peoples_links_alone(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket first = jira.made(Map.of());
      Ticket second = jira.made(Map.of());
      Ticket peoples = jira.made(Map.of());
      Ticket waiting =
          only(jira.create(
                  jira.ticket("Waits", Map.of(FieldName.DEPENDENCY, FieldValue.text(first.id())))))
              .now();
      new RawJira(jira)
          .post(
              "/rest/api/2/issueLink",
              "{\"type\": {\"name\": \"Blocks\"}, \"inwardIssue\": {\"key\": \""
                  + peoples.key()
                  + "\"}, \"outwardIssue\": {\"key\": \""
                  + waiting.key()
                  + "\"}}");

      Ticket linked = jira.present(waiting.id());
      Written<Ticket> changed =
          jira.update(linked, Map.of(FieldName.DEPENDENCY, FieldValue.text(second.id())));
      Written<Ticket> again =
          jira.update(
              waiting.with(FieldName.DEPENDENCY, FieldValue.ABSENT),
              Map.of(FieldName.DEPENDENCY, FieldValue.text(second.id())));

      assertThat(linked.value(FieldName.DEPENDENCY)).isEqualTo(FieldValue.text(first.id()));
      assertThat(changed.refused()).isEmpty();
      assertThat(changed.now().value(FieldName.DEPENDENCY)).isEqualTo(FieldValue.text(second.id()));
      assertThat(again.refused()).isEmpty();
      assertThat(blockers(jira, waiting)).containsExactlyInAnyOrder(second.id(), peoples.id());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_dependency_on_nothing_known_is_refused(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Written<Ticket> written =
          jira.update(
              jira.made(Map.of()), Map.of(FieldName.DEPENDENCY, FieldValue.text("SEC-99999")));

      assertThat(written.refused().get(FieldName.DEPENDENCY).words()).contains("SEC-99999");
    }
  }

  private static List<String> blockers(TicketBench jira, Ticket ticket) {
    List<String> ids = new ArrayList<>();
    new RawJira(jira)
        .get("/rest/api/2/issue/" + ticket.id())
        .getJsonObject("fields")
        .getJsonArray("issuelinks")
        .forEach(
            link -> {
              var inward = ((JsonObject) link).getJsonObject("inwardIssue");
              if (inward != null) {
                ids.add(inward.getString("id"));
              }
            });
    return ids;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_remote_link_leads_back_to_the_task_and_is_there_once(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());
      IdempotencyKey key = ticket.idempotencyKeys().iterator().next();
      LinkKey link = new LinkKey("contract", "42");

      for (String url : List.of("https://tc.example.com/before", "https://tc.example.com/now")) {
        assertThat(jira.system().linkBack(new LinkBack(jira.scope(), ticket.id(), key, link, url)))
            .isEqualTo(Outcome.done(ticket.id()));
      }

      String state = jira.control("GET", "/_sim/state", "");
      assertThat(state).contains("https://tc.example.com/now").doesNotContain("com/before");
      assertThat(state).contains("\"globalId\":\"" + key.value());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void the_key_can_live_in_a_text_field_instead_of_a_label(Flavour flavour) {
    JiraSettings settings = JiraWorld.SETTINGS.withKeyField("customfield_10051");
    try (TicketBench jira = JiraWorld.bench(flavour, JiraWorld.SCOPE, settings)) {
      Ticket made = jira.made(Map.of(FieldName.LABELS, names("vpn")));
      jira.made(Map.of());

      assertThat(made.idempotencyKeys()).hasSize(1);
      assertThat(made.value(FieldName.LABELS)).isEqualTo(names("vpn"));
      assertThat(jira.find(List.copyOf(made.idempotencyKeys()))).containsExactly(made);
      assertThat(jira.present(made.id())).isEqualTo(made);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_hidden_address_that_was_looked_up_once_is_filled_in(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of(FieldName.ASSIGNEE, User.withEmail("chen.wei@example.com")));
      jira.switches("{\"hiddenEmails\": [\"chen.wei@example.com\"]}");

      Ticket read = jira.present(ticket.id());

      assertThat(((User) read.value(FieldName.ASSIGNEE)).email()).isEqualTo("chen.wei@example.com");
    }
  }
}
