package dev.taskbridge.simulation;

import dev.taskbridge.domain.Link;
import dev.taskbridge.store.LinkRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/** Bridges that remember less than they should. */
final class WrongStores {
  private WrongStores() {}

  /** A store that keeps something else of a link than it was given. */
  private abstract static class Forgetful extends Flaw {
    /** What is kept; empty for what was there before. */
    abstract Optional<Link> kept(Link link);

    @Override
    MemoryLinkStore store(World world, Ledger ledger) {
      return new MemoryLinkStore(world::mayCrash, ledger::stored) {
        @Override
        Optional<Link> kept(Optional<Link> old, Link link) {
          return Forgetful.this.kept(link);
        }
      };
    }
  }

  static final class NoIntent extends Forgetful {
    @Override
    Optional<Link> kept(Link link) {
      return Optional.of(link).filter(each -> each.intent().isEmpty());
    }
  }

  static final class NoNoteOfWrites extends Forgetful {
    @Override
    Optional<Link> kept(Link link) {
      return Optional.of(link)
          .filter(
              each ->
                  each.fields().values().stream().allMatch(record -> record.writing().isEmpty()));
    }
  }

  static final class ParkedForEver extends Forgetful {
    @Override
    Optional<Link> kept(Link link) {
      return Optional.of(link.withDue(Optional.empty()));
    }
  }

  /** The last transactions before a crash are lost, though they were acknowledged. */
  static final class NotDurable extends Flaw {
    private static final int LOST = 4;
    private final Deque<MemoryLinkStore.Contents> before = new ArrayDeque<>();

    @Override
    MemoryLinkStore store(World world, Ledger ledger) {
      return new MemoryLinkStore(world::mayCrash, ledger::stored) {
        @Override
        public <T> T inTransaction(Function<LinkRows, T> work) {
          before.addLast(contents());
          if (before.size() > LOST) {
            before.removeFirst();
          }
          return super.inTransaction(work);
        }
      };
    }

    @Override
    void crashed(MemoryLinkStore store) {
      if (!before.isEmpty()) {
        store.restore(before.getFirst());
        before.clear();
      }
    }
  }
}
