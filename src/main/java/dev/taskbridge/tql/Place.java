package dev.taskbridge.tql;

/**
 * Where something stands in the text of a query. All places are equal: two queries that say the
 * same are the same, however they are laid out.
 *
 * @param position counted in characters (code points) from 1; 0 if it was never text
 */
public record Place(int position) {
  /** For expressions that were composed, not read. */
  public static final Place NOWHERE = new Place(0);

  @Override
  public boolean equals(Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
