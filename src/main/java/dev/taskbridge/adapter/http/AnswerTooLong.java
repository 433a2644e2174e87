package dev.taskbridge.adapter.http;

import java.io.IOException;

/** An answer that has more bytes, or takes more time, than we are ready to give it. */
final class AnswerTooLong extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLong(String words) {
    super(words);
  }
}
