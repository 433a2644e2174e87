package dev.taskbridge.cli;

import dev.taskbridge.config.shape.Nearest;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.jira.Flavour;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Runs simulators alone until the process is told to end. */
@Command(
    name = "simulate",
    description = "Run simulated systems on this machine until interrupted.",
    footer = {
      "",
      "Each prints its address and the credentials that it accepts. Without --port they listen at",
      "8101 (threatconnect), 8102 (jira) and 8103 (servicenow); with it the first at PORT, the",
      "others at the ports after it; with --port 0 each at a free one."
    })
final class SimulateCommand extends TaskbridgeCommand {
  private static final String ALL = "all";

  /** {@code cloud} or {@code dc}. */
  static final class FlavourWord implements ITypeConverter<Flavour> {
    @Override
    public Flavour convert(String word) {
      try {
        return Flavour.of(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Parameters(paramLabel = "SYSTEM", description = "threatconnect, jira, servicenow or all.")
  private String system = ALL;

  @Option(names = "--port", paramLabel = "PORT", description = "The first one's port; 0: any.")
  private @Nullable Integer port;

  @Option(
      names = "--flavour",
      paramLabel = "cloud|dc",
      description = "Which Jira (default: cloud).",
      converter = FlavourWord.class)
  private Flavour flavour = Flavour.CLOUD;

  @Override
  protected Exit run() throws InterruptedException {
    List<Product> products = products();
    Termination.watch();
    Map<Product, SimulatorServer> running = new LinkedHashMap<>();
    try {
      for (Product product : products) {
        try {
          running.put(product, product.start(portOf(products.indexOf(product), product), flavour));
        } catch (IllegalStateException taken) {
          if (Termination.isAsked()) {
            return Exit.DONE;
          }
          output().message(taken.getMessage() + "; choose another with --port");
          return Exit.WRONG;
        }
      }
      show(running);
      Termination.await();
      return Exit.DONE;
    } finally {
      running.values().forEach(SimulatorServer::close);
    }
  }

  private List<Product> products() {
    List<String> words =
        Stream.concat(Arrays.stream(Product.values()).map(Product::toString), Stream.of(ALL))
            .toList();
    if (system.equals(ALL)) {
      return List.of(Product.values());
    }
    return Arrays.stream(Product.values())
        .filter(product -> product.toString().equals(system))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                wrong(
                    "\""
                        + system
                        + "\" is not one of "
                        + String.join(", ", words)
                        + Nearest.hint(system, words, "")));
  }

  private int portOf(int position, Product product) {
    if (port == null) {
      return product.usualPort();
    }
    return port == 0 ? 0 : port + position;
  }

  private void show(Map<Product, SimulatorServer> running) {
    if (output().isJson()) {
      Map<String, Object> byName = new LinkedHashMap<>();
      running.forEach(
          (product, simulator) ->
              byName.put(
                  product.toString(),
                  Map.of(
                      "url",
                      product.url(simulator),
                      "credentials",
                      simulator.acceptedCredentials().getMap())));
      output().json(byName);
    } else {
      running.forEach(
          (product, simulator) ->
              output().line(product + "  " + product.url(simulator) + credentials(simulator)));
    }
  }

  private static String credentials(SimulatorServer simulator) {
    return simulator.acceptedCredentials().getMap().entrySet().stream()
        .map(entry -> "  " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining());
  }
}
