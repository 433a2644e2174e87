package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that certainly did not leave: no connection, no token. */
public final class NotSent extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public NotSent(Refusal refusal, @Nullable Throwable cause) {
    super(refusal.words(), cause);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
