package dev.taskbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.RecordReader.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RecordJsonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Provide
  Arbitrary<Task> tasks() {
    return Anything.task();
  }

  @Provide
  Arbitrary<Ticket> tickets() {
    return Anything.ticket();
  }

  @Provide
  Arbitrary<Map<FieldName, FieldRecord>> fields() {
    return Anything.fields();
  }

  @Provide
  Arbitrary<CommentPair> commentPairs() {
    return Combinators.combine(
            Arbitraries.of(Side.class),
            Anything.text(),
            Anything.text().optional(),
            Anything.text(),
            Anything.text(),
            Arbitraries.of(true, false))
        .as(
            (from, original, copy, text, copyText, gone) ->
                new CommentPair(Rows.KEY, "k", from, original, copy, text, copyText, gone));
  }

  // Equality of values passes over labels and names; what is stored must not.

  @Property(tries = 300)
  void a_task_comes_back_to_the_last_character(@ForAll("tasks") Task task) {
    assertThat(RecordReader.task(RecordWriter.task(task)))
        .usingRecursiveComparison()
        .isEqualTo(task);
  }

  @Property(tries = 300)
  void a_ticket_comes_back_to_the_last_character(@ForAll("tickets") Ticket ticket) {
    assertThat(RecordReader.ticket(RecordWriter.ticket(ticket)))
        .usingRecursiveComparison()
        .isEqualTo(ticket);
  }

  @Property(tries = 300)
  void fields_come_back_to_the_last_character(
      @ForAll("fields") Map<FieldName, FieldRecord> fields) {
    assertThat(RecordReader.fields(RecordWriter.fields(fields)))
        .usingRecursiveComparison()
        .isEqualTo(fields);
  }

  @Property(tries = 300)
  void a_comment_pair_comes_back_to_the_last_character(@ForAll("commentPairs") CommentPair pair) {
    assertThat(RecordReader.commentPair(pair.link(), pair.key(), RecordWriter.commentPair(pair)))
        .isEqualTo(pair);
  }

  @Property(tries = 100)
  void what_is_written_is_plain_ascii(@ForAll("tasks") Task task) {
    assertThat(RecordWriter.task(task)).matches("[\\x20-\\x7e]*");
  }

  // Rows of another release

  @Property(tries = 100)
  void unknown_keys_are_passed_over(@ForAll("tasks") Task task, @ForAll("tickets") Ticket ticket)
      throws Exception {
    assertThat(RecordReader.task(withUnknownKeys(RecordWriter.task(task)))).isEqualTo(task);
    assertThat(RecordReader.ticket(withUnknownKeys(RecordWriter.ticket(ticket)))).isEqualTo(ticket);
  }

  private static String withUnknownKeys(String body) throws Exception {
    JsonNode root = JSON.readTree(body);
    everyObject(
        root,
        (path, object) -> {
          // The keys of this object are data, not names of ours.
          if (!path.endsWith("/fields")) {
            object.put("addedLater", "x").putObject("alsoAddedLater").put("kind", "new");
          }
        });
    return root.toString();
  }

  private static void everyObject(JsonNode root, BiConsumer<String, ObjectNode> visit) {
    walk("", root, visit);
  }

  private static void walk(String path, JsonNode node, BiConsumer<String, ObjectNode> visit) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> children = new ArrayList<>(object.properties());
      children.forEach(child -> walk(path + "/" + child.getKey(), child.getValue(), visit));
      visit.accept(path, object);
    } else if (node instanceof ArrayNode array) {
      array.forEach(child -> walk(path + "/[]", child, visit));
    }
  }

  @Example
  void a_missing_key_is_an_empty_value() {
    Task task = RecordReader.task("{\"xid\":\"X-1\",\"status\":\"Open\"}");
    assertThat(task.xid()).isEqualTo("X-1");
    assertThat(task.assignee()).isEqualTo(FieldValue.ABSENT);
    assertThat(task.dueDate()).isEmpty();
    assertThat(task.artifacts()).isEmpty();
    assertThat(task.parentCase().severity()).isEmpty();
    assertThat(task.dependentOn()).isEmpty();

    Ticket ticket = RecordReader.ticket("{\"id\":\"10001\"}");
    assertThat(ticket.fields()).isEmpty();
    assertThat(ticket.idempotencyKeys()).isEmpty();

    FieldRecord field =
        RecordReader.fields("{\"title\":{\"verdict\":\"agreed\"}}").get(FieldName.TITLE);
    assertThat(field.base()).isEmpty();
    assertThat(field.keep()).isEmpty();
    assertThat(field.attempts()).isZero();

    CommentPair pair = RecordReader.commentPair(Rows.KEY, "k", "{\"from\":\"ticket\"}");
    assertThat(pair.copyId()).isEmpty();
    assertThat(pair.from()).isEqualTo(Side.TICKET);
  }

  @Example
  void what_is_no_such_record_is_not_guessed_around() {
    for (String body :
        List.of(
            "",
            "{",
            "{\"xid\":\"X-1\",\"status\":\"Sleeping\"}",
            "{\"xid\":\"X-1\",\"status\":\"Open\",\"dueDate\":\"soon\"}",
            "{\"xid\":\"X-1\",\"status\":\"Open\",\"assignee\":{\"kind\":\"ghost\"}}")) {
      assertThatThrownBy(() -> RecordReader.task(body))
          .as(body)
          .isInstanceOf(UnreadableRecord.class);
    }
    assertThatThrownBy(() -> RecordReader.fields("{\"title\":{\"base\":{}}}"))
        .isInstanceOf(UnreadableRecord.class);
  }

  // What counts as content

  @Property(tries = 200)
  void two_sights_have_the_same_content_exactly_if_all_but_the_clocks_is_the_same(
      @ForAll("tasks") Task one, @ForAll("tasks") Task other) {
    Sight first = Sight.ofTask(Samples.seen(one, Samples.NOON));
    assertThat(first.hash())
        .isEqualTo(Sight.ofTask(Samples.seen(Samples.laterCaseClock(one), Samples.NOON)).hash());
    assertThat(first.hash().equals(Sight.ofTask(Samples.seen(other, Samples.NOON)).hash()))
        .isEqualTo(RecordWriter.contentOf(one).equals(RecordWriter.contentOf(other)));
  }

  @Example
  void every_part_of_a_task_but_its_cases_clock_is_content() throws Exception {
    assertEveryPartIsContent(
        RecordWriter.task(Samples.task("X-1")),
        RecordWriter.contentOf(Samples.task("X-1")),
        List.of("/parentCase/lastUpdated"));
  }

  @Example
  void every_part_of_a_ticket_but_its_clock_and_version_is_content() throws Exception {
    assertEveryPartIsContent(
        RecordWriter.ticket(Samples.ticket("10001")),
        RecordWriter.contentOf(Samples.ticket("10001")),
        List.of("/updatedAt", "/version"));
  }

  private static void assertEveryPartIsContent(String whole, String content, List<String> clocks)
      throws Exception {
    List<String> left = new ArrayList<>(leaves(whole));
    left.removeAll(leaves(content));
    assertThat(left).containsExactlyInAnyOrderElementsOf(clocks);
  }

  private static List<String> leaves(String body) throws Exception {
    List<String> leaves = new ArrayList<>();
    everyObject(
        JSON.readTree(body),
        (path, object) ->
            object
                .properties()
                .forEach(
                    child -> {
                      if (child.getValue().isValueNode()) {
                        leaves.add(path + "/" + child.getKey());
                      }
                    }));
    return leaves;
  }

  @Property(tries = 100)
  void the_order_of_a_map_or_set_is_no_content(@ForAll("tickets") Ticket ticket) {
    Ticket again = RecordReader.ticket(RecordWriter.ticket(ticket));
    assertThat(RecordWriter.ticket(again)).isEqualTo(RecordWriter.ticket(ticket));
  }

  // All the way through a database

  @Provide
  Arbitrary<Link> links() {
    return Anything.link(Rows.KEY);
  }

  @Property(tries = 60)
  void any_link_comes_back_from_a_database(@ForAll("links") Link link) {
    for (LinkStore store : Stores.OPEN) {
      Rows.run(
          store,
          rows -> {
            rows.forget("soc");
            rows.save(List.of(link));
          });
      Optional<Link> loaded =
          store.inTransaction(
              rows -> Optional.ofNullable(rows.load(List.of(Rows.KEY)).get(Rows.KEY)));
      assertThat(loaded)
          .hasValueSatisfying(
              found -> assertThat(found).usingRecursiveComparison().isEqualTo(link));
    }
  }

  /** One store of each kind for all tries. */
  private static final class Stores {
    static final List<LinkStore> OPEN =
        Databases.all().map(database -> JdbcLinkStore.open(database.fresh())).toList();
  }
}
