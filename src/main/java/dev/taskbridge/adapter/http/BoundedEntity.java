package dev.taskbridge.adapter.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body that ends with {@link AnswerTooLong} beyond so many bytes or so much time. */
final class BoundedEntity extends HttpEntityWrapper {
  private final long most;
  private final long deadlineNanos;

  BoundedEntity(HttpEntity entity, long most, Duration longest) {
    super(entity);
    this.most = most;
    this.deadlineNanos = System.nanoTime() + longest.toNanos();
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Bounded(super.getContent());
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = getContent()) {
      in.transferTo(out);
    }
  }

  private final class Bounded extends FilterInputStream {
    private long left = most;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new AnswerTooLong("the answer is longer than " + most + " bytes");
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AnswerTooLong("the answer did not end in time");
      }
    }
  }
}
