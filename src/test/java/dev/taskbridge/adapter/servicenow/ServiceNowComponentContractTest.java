package dev.taskbridge.adapter.servicenow;

/** The contract over camel-servicenow. */
final class ServiceNowComponentContractTest extends ServiceNowContract {
  ServiceNowComponentContractTest() {
    super(Instance.Transport.COMPONENT);
  }
}
