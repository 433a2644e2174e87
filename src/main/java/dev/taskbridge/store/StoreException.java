package dev.taskbridge.store;

/**
 * The store cannot be read or written; the message says which store, what was tried and why not.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
