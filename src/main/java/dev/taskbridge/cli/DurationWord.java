package dev.taskbridge.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people type it: {@code 60s}, {@code 2m}, {@code 1h}. */
final class DurationWord implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

  @Override
  public Duration convert(String word) {
    Matcher matcher = FORM.matcher(word);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "\"" + word + "\" is not a time; write a number with s, m or h, such as 60s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
