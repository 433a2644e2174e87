package dev.taskbridge.log;

import dev.taskbridge.domain.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets of this process, so that they can be taken out of whatever is about to be written
 * down. One for the whole process, as logging is. Thread-safe.
 */
public final class KnownSecrets {
  public static final String STARS = "***";

  /** A shorter one would blot out half of every line, and is no secret worth the name. */
  private static final int SHORTEST = 4;

  /** The value of an Authorization header, however it is written down. */
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(authorization[\"']?\\s*[:=]\\s*[\\[\"']{0,2})(?:[a-z]+\\s+)?[^\\s\"',;}\\]]+");

  /** Longest first: one secret may be the beginning of another. */
  private static final List<String> KNOWN = new CopyOnWriteArrayList<>();

  private KnownSecrets() {}

  /** Remembers secrets for as long as the process lives: old ones may still be written down. */
  public static void add(Collection<Secret> secrets) {
    secrets.forEach(KnownSecrets::add);
  }

  /** Remembers one secret, as it is and as it looks in an address. */
  public static synchronized void add(Secret secret) {
    String plain = secret.reveal();
    Stream.of(plain, URLEncoder.encode(plain, StandardCharsets.UTF_8))
        .filter(text -> text.length() >= SHORTEST)
        .filter(text -> !KNOWN.contains(text))
        .forEach(KNOWN::add);
    KNOWN.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** {@code text} without any known secret and without the values of Authorization headers. */
  public static String mask(String text) {
    String masked = text;
    for (String secret : KNOWN) {
      masked = masked.replace(secret, STARS);
    }
    return AUTHORIZATION.matcher(masked).replaceAll("$1" + STARS);
  }
}
