package dev.taskbridge.log;

import com.fasterxml.jackson.core.JsonStreamContext;
import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of every text of a JSON line. */
public final class MaskedJson implements ValueMasker {
  @Override
  public @Nullable Object mask(JsonStreamContext context, Object value) {
    if (value instanceof CharSequence text) {
      String masked = KnownSecrets.mask(text.toString());
      return masked.contentEquals(text) ? null : masked;
    }
    return null;
  }
}
