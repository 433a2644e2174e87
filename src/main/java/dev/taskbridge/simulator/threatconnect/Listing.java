package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import dev.taskbridge.tql.TqlExpression;
import io.vertx.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers lists: query, order, page, count and the links to the pages beside. */
final class Listing {
  private static final int DEFAULT_LIMIT = 100;
  private static final int HIGHEST_LIMIT = 10_000;
  private static final List<String> KEYWORDS = List.of("asc", "desc", "nullsfirst", "nullslast");

  private final Switches switches;
  private final Clock clock;
  private final Supplier<String> authority;

  /**
   * @param authority host and port, for links
   */
  Listing(Switches switches, Clock clock, Supplier<String> authority) {
    this.switches = switches;
    this.clock = clock;
    this.authority = authority;
  }

  /** The answer to {@code GET} on the kind's path. */
  <R extends Row> Reply list(Request request, Kind<R> kind) {
    Set<String> fields = fields(request, kind);
    long start = number(request, "resultStart", 0, 0, Integer.MAX_VALUE);
    int limit = (int) number(request, "resultLimit", DEFAULT_LIMIT, 1, HIGHEST_LIMIT);
    boolean counted =
        start == 0 && request.parameter("count").filter("true"::equalsIgnoreCase).isPresent();
    Optional<Comparator<R>> order = order(request, kind);

    List<R> rows = matching(request, kind, order, counted ? Long.MAX_VALUE : start + limit + 1);
    int from = (int) Math.min(start, rows.size());
    int to = (int) Math.min((long) from + limit, rows.size());

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "{");
    if (to < rows.size()) {
      write(out, "\"next\":" + Json.encode(link(request, kind, start + limit, limit)) + ",");
    }
    write(out, "\"data\":[");
    Kind.PageWriter<R> page = kind.page().apply(fields);
    for (int i = from; i < to; i++) {
      write(out, i == from ? "" : ",");
      page.write(rows.get(i), out);
    }
    write(out, "],");
    if (start > 0) {
      String link = link(request, kind, Math.max(0, start - limit), limit);
      write(out, "\"prev\":" + Json.encode(link) + ",");
    }
    if (counted) {
      write(out, "\"count\":" + rows.size() + ",");
    }
    write(out, "\"" + statusKey() + "\":\"Success\"}");
    return new Reply(200, Map.of("Content-Type", "application/json"), out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Every visible row that the request's {@code tql} selects; all if it has none. */
  <R extends Row> List<R> matching(Request request, Kind<R> kind) {
    return matching(request, kind, Optional.empty(), Long.MAX_VALUE);
  }

  /**
   * What {@code fields} asks for.
   *
   * @throws dev.taskbridge.simulator.ReplyException 400 if the kind has no such field (assumed)
   */
  static Set<String> fields(Request request, Kind<?> kind) {
    Set<String> fields = new HashSet<>();
    for (String name : request.parameters("fields")) {
      if (!kind.moreFields().contains(name) && !Descriptors.has(kind.questions().object, name)) {
        throw Errors.badRequest("The field '" + name + "' is not valid for this " + kind.noun());
      }
      fields.add(name);
    }
    return fields;
  }

  /** {@code status}, or the page-literal {@code Status}. */
  String statusKey() {
    return switches.on(Toggle.PAGE_ENVELOPES) ? "Status" : "status";
  }

  private <R extends Row> List<R> matching(
      Request request, Kind<R> kind, Optional<Comparator<R>> order, long enough) {
    Iterable<R> candidates = kind.found().get().values();
    Predicate<R> wanted = kind.visible();
    String query = request.parameter("tql").orElse("").trim();
    if (!query.isEmpty()) {
      TqlExpression expression = TqlEvaluation.read(query, kind.questions());
      wanted = wanted.and(TqlEvaluation.predicate(expression, kind.questions(), clock.instant()));
      candidates = Candidates.of(expression, kind.questions(), kind.found().get());
    }
    List<R> rows = new ArrayList<>();
    for (R row : candidates) {
      if (wanted.test(row)) {
        rows.add(row);
        if (order.isEmpty() && rows.size() >= enough) {
          break;
        }
      }
    }
    order.ifPresent(rows::sort);
    return rows;
  }

  /** Empty for the order of ids, in which rows come anyway. */
  private <R extends Row> Optional<Comparator<R>> order(Request request, Kind<R> kind) {
    String sorting = request.parameter("sorting").orElse("").trim();
    if (sorting.isEmpty() || sorting.equalsIgnoreCase("id") || sorting.equalsIgnoreCase("id asc")) {
      return Optional.empty();
    }
    Comparator<R> order = null;
    String[] words = sorting.split("\\s+");
    int i = 0;
    while (i < words.length) {
      Function<R, @Nullable Object> value = sortable(kind, words[i++]);
      boolean descending = false;
      boolean nullsFirst = false;
      while (i < words.length && KEYWORDS.contains(words[i].toLowerCase(Locale.ROOT))) {
        switch (words[i++].toLowerCase(Locale.ROOT)) {
          case "desc" -> descending = true;
          case "nullsfirst" -> nullsFirst = true;
          default -> {}
        }
      }
      Comparator<R> next = by(value, descending, nullsFirst);
      order = order == null ? next : order.thenComparing(next);
    }
    return Optional.ofNullable(order).map(chosen -> chosen.thenComparing(Row::id));
  }

  private static <R extends Row> Function<R, @Nullable Object> sortable(Kind<R> kind, String word) {
    Function<R, @Nullable Object> value = kind.questions().value(word);
    if (value == null) {
      throw Errors.badRequest("Invalid sorting: unknown parameter '" + word + "'");
    }
    return value;
  }

  /** Rows without the value come last unless the request says otherwise (assumed). */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <R> Comparator<R> by(
      Function<R, @Nullable Object> value, boolean descending, boolean nullsFirst) {
    Comparator<Object> natural =
        (a, b) ->
            a instanceof Comparable one && a.getClass() == b.getClass()
                ? one.compareTo(b)
                : a.toString().compareTo(b.toString());
    Comparator<Object> directed = descending ? natural.reversed() : natural;
    Comparator<@Nullable Object> complete =
        nullsFirst ? Comparator.nullsFirst(directed) : Comparator.nullsLast(directed);
    return (a, b) -> complete.compare(value.apply(a), value.apply(b));
  }

  private static long number(Request request, String name, long otherwise, long least, long most) {
    Optional<String> text = request.parameter(name).map(String::trim);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw Errors.badRequest(
        "The resultStart and resultLimit query parameters must be integers and the maximum value"
            + " for resultLimit is 10000");
  }

  /** Carries everything the page depends on: clients follow it as it is. */
  private String link(Request request, Kind<?> kind, long start, int limit) {
    StringBuilder link = new StringBuilder();
    link.append(switches.nextScheme()).append("://").append(authority.get());
    link.append("/api/v3").append(kind.path());
    link.append("?resultStart=").append(start).append("&resultLimit=").append(limit);
    for (String name : List.of("tql", "fields", "sorting", "owner")) {
      for (String value : request.parameters(name)) {
        link.append('&').append(name).append('=').append(encoded(value));
      }
    }
    return link.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
