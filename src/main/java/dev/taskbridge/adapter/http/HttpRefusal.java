package dev.taskbridge.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer that is not a success means, by its status; never by its text. Adapters read their
 * own error bodies first and use {@link #of(Http.Response, String)} with the words found there.
 */
public final class HttpRefusal {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SHED_LOAD = Duration.ofSeconds(10);

  private HttpRefusal() {}

  /**
   * The refusal of an answer whose status is not 2xx.
   *
   * <ul>
   *   <li>429, and 503 with {@code Retry-After}: {@code Busy} until then
   *   <li>401 and 407: {@code Denied}
   *   <li>404 and 410: {@code Gone}
   *   <li>408 and 425, which say that the request was not processed: {@code Busy} for ten seconds
   *   <li>other 5xx, which may come after the work was done: {@code Unknown}
   *   <li>everything else, 403 included: {@code Rejected} without a field. Whether a 403 concerns
   *       one record or everything only the adapter can tell.
   * </ul>
   *
   * @param words the system's own, already taken out of its body; made fit to be shown here
   */
  public static Refusal of(Http.Response response, String words) {
    String said = Words.bounded(("HTTP " + response.status() + " " + words).strip());
    int status = response.status();
    if (status == 429 || (status == 503 && Pace.retryAt(response).isPresent())) {
      return new Refusal.Busy(retryAt(response), said);
    }
    if (status == 401 || status == 407) {
      return new Refusal.Denied(said);
    }
    if (status == 404 || status == 410) {
      return new Refusal.Gone(said);
    }
    if (status == 408 || status == 425) {
      return new Refusal.Busy(response.at().plus(SHED_LOAD), said);
    }
    if (status >= 500) {
      return new Refusal.Unknown(said);
    }
    return new Refusal.Rejected(Optional.empty(), said);
  }

  /** Like {@link #of(Http.Response, String)}, with the words found by {@link #words}. */
  public static Refusal of(Http.Response response) {
    return of(response, words(response));
  }

  /** When to come back after a 429 or 503; some seconds from now if the system did not say. */
  public static Instant retryAt(Http.Response response) {
    return Pace.retryAt(response).orElse(response.at().plus(Pace.UNSAID));
  }

  /**
   * The words of an error body: of JSON the usual members, of HTML the text, else the beginning;
   * bounded, without what looks like a secret; empty for an empty body.
   */
  public static String words(Http.Response response) {
    String text = response.text().strip();
    if (text.isEmpty()) {
      return "";
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        List<String> words = new ArrayList<>();
        collect(JSON.readTree(text), words, 0);
        if (!words.isEmpty()) {
          return Words.bounded(String.join("; ", words));
        }
      } catch (JsonProcessingException e) {
        // Cut off or not JSON at all: shown as it is.
      }
    }
    return Words.bounded(text.startsWith("<") ? Words.withoutMarkup(text) : text);
  }

  /** Members that hold words for people in the error bodies of the three products (documented). */
  private static void collect(JsonNode node, List<String> words, int depth) {
    if (node.isTextual()) {
      if (!node.asText().isBlank()) {
        words.add(node.asText());
      }
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, words, depth));
    } else if (depth < 2) {
      for (String member : List.of("message", "errorMessages", "error_description", "detail")) {
        collect(node.path(member), words, depth + 1);
      }
      node.path("errors")
          .fields()
          .forEachRemaining(
              entry -> {
                if (entry.getValue().isTextual()) {
                  words.add(entry.getKey() + ": " + entry.getValue().asText());
                }
              });
      collect(node.path("error"), words, depth + 1);
    }
  }

  /** The beginning of a body that could not be understood, to be kept with the cycle. */
  public static String excerpt(Http.Response response) {
    return Words.bounded(response.text(), 300);
  }
}
