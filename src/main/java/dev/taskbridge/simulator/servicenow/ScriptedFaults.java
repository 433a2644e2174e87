package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Faults at the place and time that a test wants them: the first matching entry of {@link
 * Trap#SCRIPTED_FAULTS} lets {@code after} requests pass, then strikes {@code times} times.
 */
final class ScriptedFaults {
  private final Instance instance;
  private final Negotiation negotiation;

  /** What goes wrong. */
  private enum Fault {
    /** The connection is closed before any work. */
    RESET,
    /** The work is done, the connection closed instead of an answer. */
    LOST_RESPONSE,
    /** The work is done, the answer is 500 with a cancelled transaction. */
    ERROR_AFTER_COMMIT,
    /** 500 with a cancelled transaction, nothing done. */
    ERROR,
    /** 503 with a page, nothing done. */
    UNAVAILABLE,
    /** 401, nothing done. */
    UNAUTHENTICATED,
    /** 429, nothing done; headers and body as the switches say. */
    TOO_MANY_REQUESTS,
    /** 200 text/html, nothing done. */
    SLEEPING,
    /** The work is done, the JSON ends early. */
    CUT_OFF,
    /** A list gives half of its rows and an error, with 200. */
    PARTIAL_LIST;

    String word() {
      String[] words = name().toLowerCase(Locale.ROOT).split("_");
      for (int i = 1; i < words.length; i++) {
        words[i] = words[i].substring(0, 1).toUpperCase(Locale.ROOT) + words[i].substring(1);
      }
      return String.join("", words);
    }

    static Fault named(String word) {
      return Arrays.stream(values())
          .filter(fault -> fault.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "scriptedFaults: \""
                          + word
                          + "\" is not one of "
                          + Arrays.stream(values()).map(Fault::word).toList()));
    }
  }

  ScriptedFaults(Instance instance, Negotiation negotiation) {
    this.instance = instance;
    this.negotiation = negotiation;
  }

  /** Refuses entries that could never strike. */
  static void check(JsonArray entries) {
    for (Object entry : entries) {
      if (!(entry instanceof JsonObject fault)) {
        throw new IllegalArgumentException("scriptedFaults must hold objects, but held " + entry);
      }
      Fault.named(fault.getString("fault", ""));
    }
  }

  /** Answers {@code call} with {@code work}, unless it is this call's turn to fail. */
  Reply around(Call call, Supplier<Reply> work) {
    Fault fault = strikes(call);
    if (fault == null) {
      return work.get();
    }
    return switch (fault) {
      case RESET -> Reply.CONNECTION_LOST;
      case ERROR -> Errors.cancelled();
      case UNAVAILABLE -> Negotiation.page(503, "Service temporarily unavailable");
      case UNAUTHENTICATED -> Errors.unauthenticated().reply();
      case TOO_MANY_REQUESTS -> negotiation.tooManyRequests(Duration.ofSeconds(1));
      case SLEEPING -> Negotiation.sleeping();
      case LOST_RESPONSE -> {
        Reply unused = work.get();
        yield Reply.CONNECTION_LOST;
      }
      case ERROR_AFTER_COMMIT -> {
        Reply unused = work.get();
        yield Errors.cancelled();
      }
      case CUT_OFF -> {
        Reply reply = work.get();
        yield new Reply(
            reply.status(), reply.headers(), Arrays.copyOf(reply.body(), reply.body().length / 2));
      }
      case PARTIAL_LIST -> {
        Reply reply = work.get();
        Object result = new JsonObject(Buffer.buffer(reply.body())).getValue("result");
        List<?> rows = result instanceof JsonArray array ? array.getList() : List.of();
        yield PartialList.cutTo(rows.size() / 2, rows);
      }
    };
  }

  private @Nullable Fault strikes(Call call) {
    for (Object entry : instance.switches.list(Trap.SCRIPTED_FAULTS)) {
      JsonObject fault = (JsonObject) entry;
      boolean matches =
          fault.getString("method", call.method()).equalsIgnoreCase(call.method())
              && call.target().contains(fault.getString("path", ""));
      if (matches) {
        int after = fault.getInteger("after", 0);
        int times = fault.getInteger("times", 1);
        if (after > 0) {
          fault.put("after", after - 1);
        } else if (times > 0) {
          fault.put("times", times - 1);
          return Fault.named(fault.getString("fault"));
        }
      }
    }
    return null;
  }
}
