package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh instance for each test, and clients of three kinds. */
abstract class WithSimulator {
  ServiceNowSimulator simulator;

  /** The integration's account: itil, not an administrator. */
  SnowClient snow;

  SnowClient admin;

  @BeforeEach
  void startSimulator() {
    simulator = ServiceNowSimulator.start(0);
    snow = SnowClient.service(simulator);
    admin = SnowClient.admin(simulator);
  }

  @AfterEach
  void stopSimulator() {
    simulator.close();
  }

  /** A person who works in the platform's forms. */
  SnowClient person(String login) {
    return snow.actingAs(login + "@example.com");
  }

  JsonObject incident(String... fieldsAndValues) {
    return snow.create("incident", fieldsAndValues);
  }

  String incidentId(String... fieldsAndValues) {
    return incident(fieldsAndValues).getString("sys_id");
  }

  void wind(Duration forward) {
    simulator.clock().advance(forward);
  }
}
