package dev.taskbridge.reconcile;

/** What can happen to a link as a whole. */
public enum LinkEvent {
  /** The other side is about to be made. */
  INTENT_RECORDED,
  /** A ticket with our key was found, or made. */
  COUNTERPART_FOUND,
  /** The system refused to make it. */
  CREATION_REFUSED,
  /** Every field agrees. */
  AGREED,
  /** Both sides moved, and a person is to choose. */
  CONFLICT_SEEN,
  /** A field has no counterpart, or its write was refused. */
  FAILURE_SEEN,
  /** One of the two records is positively gone, and what the sync says about that is done. */
  RECORD_GONE,
  /** The task or the ticket came back, or is to be made anew. */
  RECORD_WANTED,
  /** A person ended the link. */
  UNLINKED
}
