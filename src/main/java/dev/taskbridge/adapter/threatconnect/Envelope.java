package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.http.HttpRefusal;
import dev.taskbridge.adapter.http.Words;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What v3 wraps its answers in. Read tolerantly, since the documentation and live instances differ:
 * {@code Status} or {@code status}, {@code data} as an object or a list.
 *
 * @param json all of it
 * @param response as it came
 */
public record Envelope(JsonNode json, Http.Response response) {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** What was asked for, which decides what a refusal of it means. */
  enum Asked {
    /** Many objects, or something about the API itself. */
    LIST,
    /** One object by its id or xid. */
    ONE,
    /** A change of one object. */
    WRITE
  }

  /** The objects of a list, or the one object; empty if there is no {@code data}. */
  public List<JsonNode> data() {
    JsonNode data = json.path("data");
    if (data.isArray()) {
      List<JsonNode> items = new ArrayList<>(data.size());
      data.forEach(items::add);
      return items;
    }
    return data.isObject() ? List.of(data) : List.of();
  }

  /** Whether more objects follow these. */
  public boolean hasNext() {
    return !json.path("next").asText("").isBlank();
  }

  /** The number of all matches, if it was asked for. */
  public OptionalLong count() {
    JsonNode count = json.path("count");
    return count.isIntegralNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
  }

  /** Reads an answer whose {@code data} is wanted. */
  static Outcome<Envelope> withData(Http.Answer answer, Asked asked) {
    return read(answer, asked)
        .then(
            envelope ->
                envelope.json.path("data").isContainerNode()
                    ? Outcome.done(envelope)
                    : Outcome.refused(unreadable(envelope.response, "there is no data in it")));
  }

  /** Reads an answer that only has to say that it was done. */
  static Outcome<Envelope> read(Http.Answer answer, Asked asked) {
    return json(answer, asked)
        .then(
            envelope ->
                envelope.isSuccess()
                    ? Outcome.done(envelope)
                    : Outcome.refused(envelope.notSuccess(asked)));
  }

  /** Reads an answer that is a bare object, as {@code OPTIONS /v3/tasks} gives. */
  static Outcome<Envelope> json(Http.Answer answer, Asked asked) {
    if (answer instanceof Http.NoAnswer none) {
      return Outcome.refused(none.refusal());
    }
    Http.Response response = (Http.Response) answer;
    if (response.status() / 100 != 2) {
      return Outcome.refused(refusal(response, asked));
    }
    String text = response.text();
    if (text.stripLeading().startsWith("<")) {
      return Outcome.refused(
          unreadable(response, "it is an HTML page: " + Words.withoutMarkup(text).strip()));
    }
    try {
      JsonNode json = JSON.readTree(text);
      return json != null && json.isObject()
          ? Outcome.done(new Envelope(json, response))
          : Outcome.refused(unreadable(response, "it is no JSON object"));
    } catch (JsonProcessingException e) {
      return Outcome.refused(
          unreadable(
              response,
              "it is not JSON from byte "
                  + e.getLocation().getByteOffset()
                  + " on, or cut off at "
                  + response.body().length
                  + " bytes"));
    }
  }

  private boolean isSuccess() {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (member.getKey().equalsIgnoreCase("status")) {
        return member.getValue().asText().equalsIgnoreCase("success");
      }
    }
    return false;
  }

  private Refusal notSuccess(Asked asked) {
    String said = HttpRefusal.words(response);
    return asked == Asked.WRITE
        ? new Refusal.Rejected(Optional.empty(), Words.bounded("not done: " + said))
        : unreadable(response, "its status is not Success: " + said);
  }

  /**
   * By the code alone (the reference's table): 401 and 403 concern the account, 404 one object, or,
   * where none was asked for, an address that is not the API's.
   */
  private static Refusal refusal(Http.Response response, Asked asked) {
    String words = HttpRefusal.words(response);
    if (response.status() == 403) {
      return new Refusal.Denied(Words.bounded("HTTP 403 " + words));
    }
    if (response.status() == 404 && asked == Asked.LIST) {
      return new Refusal.Denied(
          Words.bounded(
              "HTTP 404 "
                  + words
                  + "; is threatconnect.url the API's, such as https://app.threatconnect.com/api?"));
    }
    if (response.status() / 100 == 3) {
      return new Refusal.Denied(
          Words.bounded(
              "HTTP "
                  + response.status()
                  + ": redirected to "
                  + response.header("location").orElse("nowhere")
                  + "; credentials are not sent there: correct threatconnect.url"));
    }
    return HttpRefusal.of(response, words);
  }

  private static Refusal unreadable(Http.Response response, String why) {
    return new Refusal.Unknown(
        Words.bounded(
            "unreadable answer (HTTP "
                + response.status()
                + "): "
                + why
                + "; it begins: "
                + HttpRefusal.excerpt(response)));
  }
}
