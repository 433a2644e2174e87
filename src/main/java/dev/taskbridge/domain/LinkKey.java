package dev.taskbridge.domain;

/**
 * Says where to look, never what changed: one task inside one sync.
 *
 * @param sync the name of the configured sync
 * @param xid the task's xid, its identity in ThreatConnect
 */
public record LinkKey(String sync, String xid) {
  public LinkKey {
    if (sync.isBlank() || xid.isBlank()) {
      throw new IllegalArgumentException(
          "a link needs a sync and a task xid, but got \"" + sync + "\" and \"" + xid + "\"");
    }
  }

  @Override
  public String toString() {
    return sync + "/" + xid;
  }
}
