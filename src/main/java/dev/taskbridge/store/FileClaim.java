package dev.taskbridge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to sync with an SQLite store: an operating system's lock on a file
 * beside it. It ends with the process, however that ends, so nothing stale can be left behind; the
 * file itself stays and names its last holder.
 */
final class FileClaim implements Dialect.Claim {
  /** Far behind the holder's name, which others must be able to read where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int NAME_LIMIT_BYTES = 200;

  /**
   * The claims of this process. Closing a second channel on a file would silently end the first
   * one's lock (POSIX), so a second claim must be refused before it opens anything.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private FileClaim(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static FileClaim take(StoreSettings settings, Path database) {
    FileChannel channel = null;
    try {
      Path folder = database.toAbsolutePath().getParent();
      Path file =
          (folder == null ? Path.of("") : folder.toRealPath())
              .resolve(database.getFileName() + ".lock");
      synchronized (HELD) {
        if (HELD.contains(file)) {
          throw taken(settings, "this very process");
        }
        channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
          StoreException refused = taken(settings, holder(channel));
          channel.close();
          throw refused;
        }
        sign(channel);
        HELD.add(file);
        return new FileClaim(file, channel);
      }
    } catch (IOException e) {
      close(channel, e);
      throw new StoreException(
          settings,
          "claim it for this process",
          new Trouble(
              false,
              "a lock file beside it cannot be created or locked (" + e + ")",
              "give the user that runs Taskbridge write permission on the folder of "
                  + database
                  + ", and keep that folder on a local disk"),
          e);
    }
  }

  private static StoreException taken(StoreSettings settings, String holder) {
    return new StoreException(
        settings,
        "open it for syncing",
        new Trouble(
            false,
            "it is in use by " + holder,
            "stop that one first, or use a command that only looks, such as \"links\""));
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer name = ByteBuffer.allocate(NAME_LIMIT_BYTES);
    channel.read(name, 0);
    String holder = new String(name.array(), 0, name.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private static void sign(FileChannel channel) throws IOException {
    String name =
        "process %d since %s%n"
            .formatted(
                ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static void close(@Nullable FileChannel channel, IOException because) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException("cannot give up the lock file " + file, e);
      }
    }
  }
}
