package dev.taskbridge.adapter.http;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with the shipped {@code routes/http.yaml}, for tests of adapters. */
public final class HttpRoutes {
  private HttpRoutes() {}

  /** Started, with short delays between tries, and with {@code more} route files. */
  public static CamelContext started(String... more) {
    try {
      CamelContext context = new DefaultCamelContext();
      context.getPropertiesComponent().addInitialProperty("taskbridge.http.retryDelay", "5");
      context.getShutdownStrategy().setTimeout(5);
      load(context, "file:routes/http.yaml");
      for (String file : more) {
        load(context, file);
      }
      context.start();
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void load(CamelContext context, String location) throws Exception {
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.resolveMandatoryResource(context, location));
  }
}
