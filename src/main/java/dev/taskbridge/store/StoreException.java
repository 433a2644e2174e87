package dev.taskbridge.store;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be read or written; the message says which store, what was tried, why it did not
 * work and what to do. It holds no secret.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** {@code tried} is a verb phrase, such as "open it". */
  StoreException(StoreSettings store, String tried, Trouble trouble, @Nullable Throwable cause) {
    this(
        "The store "
            + store.shown()
            + ": could not "
            + tried
            + ", because "
            + trouble.why()
            + ". What to do: "
            + trouble.remedy()
            + ".",
        cause);
  }

  StoreException(StoreSettings store, String tried, Trouble trouble) {
    this(store, tried, trouble, null);
  }
}
