package dev.taskbridge.engine;

import dev.taskbridge.store.StoreException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an exchange ends that failed in a way nobody expected: the failure is told once, with the
 * route and the cause. What was being looked at stays due. Thread-safe.
 */
public final class Parking {
  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  private final AtomicReference<@Nullable Throwable> last = new AtomicReference<>();
  private final StoreHealth storeHealth;

  public Parking(StoreHealth storeHealth) {
    this.storeHealth = storeHealth;
  }

  /** Tells of the exchange's failure; the inner route and the outer one may both come here. */
  public void tell(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause == null || last.getAndSet(cause) == cause) {
      return;
    }
    if (cause instanceof StoreException) {
      storeHealth.failed(String.valueOf(cause.getMessage()));
      LOG.error("{}: {}", exchange.getFromRouteId(), cause.getMessage());
    } else {
      LOG.error("{} failed in a way nobody expected", exchange.getFromRouteId(), cause);
    }
  }
}
