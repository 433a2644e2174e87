package dev.taskbridge.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %masked(…)} in a pattern: the text inside without secrets. */
public final class MaskedText extends CompositeConverter<ILoggingEvent> {
  @Override
  protected String transform(ILoggingEvent event, String text) {
    return KnownSecrets.mask(text);
  }
}
