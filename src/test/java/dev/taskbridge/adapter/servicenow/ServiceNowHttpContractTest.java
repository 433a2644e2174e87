package dev.taskbridge.adapter.servicenow;

/** The contract over plain HTTP. */
final class ServiceNowHttpContractTest extends ServiceNowContract {
  ServiceNowHttpContractTest() {
    super(Instance.Transport.HTTP);
  }
}
