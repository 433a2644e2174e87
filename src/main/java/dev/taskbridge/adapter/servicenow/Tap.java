package dev.taskbridge.adapter.servicenow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageUtils;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A tap on the wire below camel-servicenow, for what the component hides: the status, the headers
 * and the whole body of an answer (seen with 4.17.0). Two interceptors on CXF's bus note them on
 * the calling thread, on which CXF also works off the answer (seen), and say there who we are: the
 * component's own OAuth client never renews a refused token (seen). Calls of other CXF clients pass
 * untouched.
 */
final class Tap {
  /** One call while it is under way. */
  private static final class Call {
    private final Map<String, String> identity;
    private @Nullable Captured captured;

    Call(Map<String, String> identity) {
      this.identity = identity;
    }
  }

  /**
   * What came.
   *
   * @param headers by lower-case name, last value wins
   * @param broken why the body could not be read to its end; empty if it was
   */
  record Captured(int status, Map<String, String> headers, byte[] body, Optional<String> broken) {}

  private static final ThreadLocal<Call> UNDER_WAY = new ThreadLocal<>();

  private Tap() {}

  /** Puts the interceptors on the bus that the component uses, once. */
  static synchronized void install() {
    Bus bus = BusFactory.getDefaultBus();
    if (bus.getInInterceptors().stream().noneMatch(Receiving.class::isInstance)) {
      bus.getInInterceptors().add(new Receiving());
      bus.getOutInterceptors().add(new Identifying());
    }
  }

  /**
   * Begins to listen on this thread.
   *
   * @param identity headers to send
   */
  static void open(Map<String, String> identity) {
    UNDER_WAY.set(new Call(identity));
  }

  /** What came on this thread since {@link #open}. */
  static Optional<Captured> close() {
    Call call = UNDER_WAY.get();
    UNDER_WAY.remove();
    return call == null ? Optional.empty() : Optional.ofNullable(call.captured);
  }

  /** Notes the answer, before anything understands or mistakes it. */
  private static final class Receiving extends AbstractPhaseInterceptor<Message> {
    Receiving() {
      super(Phase.RECEIVE);
    }

    @Override
    public void handleMessage(Message message) {
      Call call = UNDER_WAY.get();
      if (call == null || !MessageUtils.isRequestor(message)) {
        return;
      }
      Optional<String> broken = Optional.empty();
      byte[] body = new byte[0];
      InputStream content = message.getContent(InputStream.class);
      if (content != null) {
        try {
          body = content.readAllBytes();
        } catch (IOException e) {
          broken = Optional.of(String.valueOf(e.getMessage()));
        }
        message.setContent(InputStream.class, new ByteArrayInputStream(body));
      }
      Object status = message.get(Message.RESPONSE_CODE);
      call.captured =
          new Captured(status instanceof Integer code ? code : 0, headers(message), body, broken);
    }

    private static Map<String, String> headers(Message message) {
      Map<String, String> headers = new HashMap<>();
      if (message.get(Message.PROTOCOL_HEADERS) instanceof Map<?, ?> all) {
        all.forEach(
            (name, values) -> {
              if (name != null && values instanceof List<?> list && !list.isEmpty()) {
                headers.put(
                    name.toString().toLowerCase(Locale.ROOT),
                    String.valueOf(list.get(list.size() - 1)));
              }
            });
      }
      return headers;
    }
  }

  /** Adds who we are. */
  private static final class Identifying extends AbstractPhaseInterceptor<Message> {
    Identifying() {
      super(Phase.POST_LOGICAL);
    }

    @Override
    public void handleMessage(Message message) {
      Call call = UNDER_WAY.get();
      if (call == null || !MessageUtils.isRequestor(message)) {
        return;
      }
      headers(message).putAll(asLists(call.identity));
    }

    /** The component's own map of headers, which it goes on to use (seen). */
    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> headers(Message message) {
      Object present = message.get(Message.PROTOCOL_HEADERS);
      if (present instanceof Map<?, ?>) {
        return (Map<String, List<String>>) present;
      }
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      message.put(Message.PROTOCOL_HEADERS, headers);
      return headers;
    }

    private static Map<String, List<String>> asLists(Map<String, String> headers) {
      Map<String, List<String>> lists = new HashMap<>();
      headers.forEach((name, value) -> lists.put(name, List.of(value)));
      return lists;
    }
  }
}
