package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.tql.TqlDate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a write, each read with its limits. A field that is null counts as absent except
 * where a caller asks {@link #clears}.
 *
 * @param noun for messages
 */
record Body(JsonObject json, String noun) {

  /** Whether the field is there with a null: the form that empties it (assumed). */
  boolean clears(String field) {
    return json.containsKey(field) && json.getValue(field) == null;
  }

  boolean has(String field) {
    return json.getValue(field) != null;
  }

  /** A text of at least {@code shortest} and at most {@code longest} UTF-16 units. */
  Optional<String> text(String field, int shortest, int longest) {
    Optional<String> text = value(field, String.class);
    if (text.isPresent() && (text.get().length() < shortest || text.get().length() > longest)) {
      throw Errors.length(field, noun, shortest, longest);
    }
    return text;
  }

  Optional<String> choice(String field, List<String> values) {
    Optional<String> choice = value(field, String.class);
    if (choice.isPresent() && !values.contains(choice.get())) {
      throw Errors.choice(field, noun, String.join(", ", values));
    }
    return choice;
  }

  Optional<Boolean> bool(String field) {
    return value(field, Boolean.class);
  }

  Optional<Long> number(String field, long least, long most) {
    Optional<Number> number = value(field, Number.class);
    if (number.isPresent() && !(number.get() instanceof Integer || number.get() instanceof Long)) {
      throw Errors.notProperlyFormed();
    }
    Optional<Long> whole = number.map(Number::longValue);
    if (whole.isPresent() && (whole.get() < least || whole.get() > most)) {
      throw Errors.range(field, noun, least, most);
    }
    return whole;
  }

  Optional<Long> id(String field) {
    return number(field, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Seen accepted: with {@code Z}, with an offset, without a zone, with fractions. */
  Optional<Instant> date(String field) {
    return value(field, String.class)
        .map(
            text ->
                TqlDate.parse(text)
                    .filter(TqlDate.Fixed.class::isInstance)
                    .map(date -> date.at(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS))
                    .orElseThrow(
                        () ->
                            Errors.invalid(
                                field, noun, "please enter a date such as 2022-03-29T12:15:00Z")));
  }

  Optional<JsonObject> object(String field) {
    return value(field, JsonObject.class);
  }

  /** The items of {@code {"data": [...]}}, each with its own noun. */
  List<Body> items(String field, String itemNoun) {
    Optional<JsonObject> wrapper = object(field);
    if (wrapper.isEmpty()) {
      return List.of();
    }
    Object mode = wrapper.get().getValue("mode", "append");
    if (!"append".equals(mode)) {
      throw Errors.invalid("mode", noun, "please enter one of the following values: append");
    }
    if (!(wrapper.get().getValue("data", new JsonArray()) instanceof JsonArray data)) {
      throw Errors.notProperlyFormed();
    }
    if (data.size() > 1000) {
      throw Errors.invalid(field, noun, "please enter at most 1000 items");
    }
    return data.stream()
        .map(
            item -> {
              if (item instanceof JsonObject object) {
                return new Body(object, itemNoun);
              }
              throw Errors.notProperlyFormed();
            })
        .toList();
  }

  private <T> Optional<T> value(String field, Class<T> type) {
    Object value = json.getValue(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw Errors.notProperlyFormed();
    }
    return Optional.of(type.cast(value));
  }
}
