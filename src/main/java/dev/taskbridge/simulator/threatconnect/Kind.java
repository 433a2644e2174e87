package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One kind of object as the API lists and shows it.
 *
 * @param path after {@code /api/v3}, such as {@code /tasks}
 * @param noun for messages
 * @param found what lists choose from, by id
 * @param visible whether the API user may see a row
 * @param moreFields what {@code fields} may ask for on top
 * @param view shows one row
 * @param page begins the showing of many rows
 */
record Kind<R extends Row>(
    String path,
    String noun,
    Questions<R> questions,
    Supplier<NavigableMap<Long, R>> found,
    Predicate<R> visible,
    List<String> moreFields,
    View<R> view,
    Function<Set<String>, PageWriter<R>> page) {

  /** A kind whose pages are written row by row. */
  Kind(
      String path,
      String noun,
      Questions<R> questions,
      Supplier<NavigableMap<Long, R>> found,
      Predicate<R> visible,
      List<String> moreFields,
      View<R> view) {
    this(
        path,
        noun,
        questions,
        found,
        visible,
        moreFields,
        view,
        fields -> (row, out) -> out.writeBytes(view.show(row, fields).toBuffer().getBytes()));
  }

  /** Shows a row with what {@code fields} asked for. */
  @FunctionalInterface
  interface View<R> {
    JsonObject show(R row, Set<String> fields);
  }

  /** Writes rows of one answer; may keep what several of them share. */
  @FunctionalInterface
  interface PageWriter<R> {
    void write(R row, ByteArrayOutputStream out);
  }
}
