package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.domain.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Bridges that read ThreatConnect wrong. */
final class WrongTasks {
  private WrongTasks() {}

  static final class NoOverlap extends Flaw {
    private MemoryLinkStore store;

    @Override
    MemoryLinkStore store(World world, Ledger ledger) {
      store = super.store(world, ledger);
      return store;
    }

    @Override
    TaskSource tasks(TaskSource real, World world) {
      return new TasksAround(real) {
        @Override
        public Outcome<TaskPage> tasks(TaskQuery query) {
          Optional<Instant> cursor =
              store
                  .inTransaction(rows -> rows.cursor(Settings.SYNC + "/tasks"))
                  .map(Instant::parse);
          return inner.tasks(
              new TaskQuery(
                  query.filter(),
                  query.caseTouchedSince().flatMap(since -> cursor),
                  query.xids(),
                  query.afterId(),
                  query.limit(),
                  query.artifacts()));
        }
      };
    }
  }

  static final class DeletedIfNotListed extends Flaw {
    @Override
    TaskSource tasks(TaskSource real, World world) {
      return new TasksAround(real) {
        private final Set<String> notListed = new HashSet<>();

        @Override
        public Outcome<TaskPage> tasks(TaskQuery query) {
          Outcome<TaskPage> page = inner.tasks(query);
          page.value()
              .ifPresent(
                  listed -> {
                    notListed.addAll(query.xids());
                    listed.tasks().forEach(task -> notListed.remove(task.xid()));
                  });
          return page;
        }

        @Override
        public Outcome<TaskPresence> read(String xid) {
          return notListed.contains(xid)
              ? Outcome.done(new TaskPresence.Missing("not in the list"))
              : inner.read(xid);
        }
      };
    }
  }
}
