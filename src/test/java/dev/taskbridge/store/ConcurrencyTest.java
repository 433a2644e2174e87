package dev.taskbridge.store;

import static dev.taskbridge.store.Rows.count;
import static dev.taskbridge.store.Rows.countOn;
import static dev.taskbridge.store.Rows.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("dev.taskbridge.store.Databases#all")
final class ConcurrencyTest {
  private static final int THREADS = 6;
  private static final int STEPS = 25;

  @Parameter Databases.Database database;

  private LinkStore store;

  /** Has a connection of its own, as another process would. */
  private LinkStore helper;

  private ExecutorService threads;

  @BeforeEach
  void open() {
    StoreSettings settings = database.fresh();
    store = JdbcLinkStore.open(settings);
    helper = JdbcLinkStore.openBeside(settings);
    threads = Executors.newFixedThreadPool(THREADS);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    helper.close();
    store.close();
  }

  private <T> List<T> together(List<Callable<T>> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(work.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> one : work) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return one.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      results.add(one.get());
    }
    return results;
  }

  @Test
  void no_transaction_is_lost_among_threads_and_processes() throws Exception {
    List<Callable<List<Integer>>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      LinkStore mine = thread % 2 == 0 ? store : helper;
      work.add(() -> IntStream.range(0, STEPS).mapToObj(step -> countOn(mine)).toList());
    }
    Set<Integer> results = new TreeSet<>();
    together(work).forEach(results::addAll);

    assertThat(count(store)).isEqualTo(THREADS * STEPS);
    assertThat(results).hasSize(THREADS * STEPS);
  }

  @Test
  void one_task_seen_by_all_at_once_is_one_link_and_one_piece_of_news() throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      LinkStore mine = thread % 2 == 0 ? store : helper;
      work.add(
          () ->
              mine.inTransaction(
                  rows ->
                      rows.seeTasks(
                              "soc", List.of(Samples.seen(Samples.task("X-9"), Samples.NOON)), true)
                          .size()));
    }
    assertThat(together(work).stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
  }

  @Test
  void the_youngest_sight_stays_in_whatever_order_they_come() throws Exception {
    run(store, rows -> rows.save(List.of(Samples.link(Rows.KEY, "10001"))));
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      LinkStore mine = thread % 2 == 0 ? store : helper;
      int offset = thread;
      work.add(
          () -> {
            for (int step = 0; step < STEPS; step++) {
              int number = (step * THREADS + offset) * 7 % (THREADS * STEPS);
              Task task = Samples.task("X-1").withName("Name " + number);
              run(
                  mine,
                  rows ->
                      rows.seeTasks(
                          "soc",
                          List.of(Samples.seen(task, Samples.NOON.plusSeconds(60 + number))),
                          true));
            }
            return true;
          });
    }
    together(work);
    Link link = store.inTransaction(rows -> rows.load(List.of(Rows.KEY)).get(Rows.KEY));
    int last = THREADS * STEPS - 1;
    assertThat(link.task())
        .contains(
            Samples.seen(
                Samples.task("X-1").withName("Name " + last), Samples.NOON.plusSeconds(60 + last)));
  }
}
