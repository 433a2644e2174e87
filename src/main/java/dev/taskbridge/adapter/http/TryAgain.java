package dev.taskbridge.adapter.http;

import dev.taskbridge.adapter.Http;

/**
 * Says to the route that the same request may do better in a moment. How often and when is the
 * route's to decide; when it has had enough, the answer in here is the answer.
 */
public final class TryAgain extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Http.Answer answer;

  TryAgain(Http.Answer answer) {
    super("worth another try", null, false, false);
    this.answer = answer;
  }

  public Http.Answer answer() {
    return answer;
  }
}
