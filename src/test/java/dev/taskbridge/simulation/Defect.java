package dev.taskbridge.simulation;

import java.util.function.Supplier;

/** Ways to build such a bridge wrong: proof that the promises are looked at, not only stated. */
enum Defect {
  BASE_IS_WHAT_WAS_SENT(WrongTickets.BaseIsWhatWasSent::new),
  CREATES_WITHOUT_SEARCHING(WrongTickets.CreatesWithoutSearching::new),
  BELIEVES_NOT_FOUND_BEFORE_THE_LAG_HAS_PASSED(WrongSettings.NoSearchLag::new),
  TAKES_A_LOST_ANSWER_FOR_A_FAILURE(WrongTickets.LostAnswerIsFailure::new),
  STORES_THE_CURSOR_BEFORE_ITS_PAGE(WrongTickets.CursorBeforePage::new),
  POLLS_WITHOUT_OVERLAP(WrongTasks.NoOverlap::new),
  KNOWS_ITS_ECHO_BY_THE_USERS_NAME(WrongTickets.EchoByUserName::new),
  WRITES_WITHOUT_A_SECOND_LOOK(WrongTickets.NoSecondLook::new),
  TAKES_REWORDED_FOR_REFUSED(WrongTickets.RewordedIsRefused::new),
  LETS_ONE_FIELD_STOP_THE_OTHERS(WrongTickets.OneFieldStopsTheOthers::new),
  WRITES_COMMENTS_WITHOUT_THEIR_KEY(WrongTickets.CommentsWithoutKey::new),
  INFERS_A_DELETION_FROM_A_SEARCH(WrongTasks.DeletedIfNotListed::new),
  SETTLES_CONFLICTS_BY_THE_LAST_WRITER(WrongSettings.LastWriterWins::new),
  CARRIES_AGAINST_THE_DIRECTION(WrongSettings.EverythingBothWays::new),
  READS_DAYS_IN_ANOTHER_ZONE(WrongSettings.DaysInAnotherZone::new),
  STORES_NO_INTENT(WrongStores.NoIntent::new),
  NOTES_NO_WRITE(WrongStores.NoNoteOfWrites::new),
  ACKNOWLEDGES_BEFORE_IT_IS_DURABLE(WrongStores.NotDurable::new),
  NEVER_LOOKS_AT_A_PARKED_LINK_AGAIN(WrongStores.ParkedForEver::new);

  private final Supplier<Flaw> flaw;

  Defect(Supplier<Flaw> flaw) {
    this.flaw = flaw;
  }

  /** A bridge with this defect, fresh for one history. */
  Flaw flaw() {
    return flaw.get();
  }
}
