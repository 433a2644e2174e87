package dev.taskbridge.engine;

import dev.taskbridge.domain.LinkKey;
import java.util.List;

/**
 * Some links of one sync to be looked at: says where to look, never what changed. Late, doubled and
 * lost batches do no harm.
 *
 * @param xids the tasks' xids, at most {@link #MOST}
 * @param thorough whether both sides are to be read afresh even where nothing seems to be due
 */
public record LookBatch(String sync, List<String> xids, boolean thorough) {
  /** As many as one search by key takes. */
  public static final int MOST = 100;

  public LookBatch {
    xids = List.copyOf(xids);
  }

  public List<LinkKey> keys() {
    return xids.stream().map(xid -> new LinkKey(sync, xid)).toList();
  }
}
