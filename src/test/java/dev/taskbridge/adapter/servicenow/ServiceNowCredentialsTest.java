package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Secret;
import java.net.URI;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to say who we are, over both transports. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowCredentialsTest extends ServiceNowBench {
  ServiceNowCredentialsTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void a_password_grant_lasts_beyond_the_life_of_its_token() {
    signIn(
        to ->
            Credentials.passwordGrant(
                to.resolve("/oauth_token.do"),
                instance.known("clientId"),
                new Secret(instance.known("clientSecret")),
                instance.known("user"),
                new Secret(instance.known("password"))));
    instance.switches("{\"accessTokenUses\": 3}");

    incidents(8);

    assertThat(done(changed(Instance.incidents(), "")).tickets()).hasSizeGreaterThanOrEqualTo(8);
    for (int i = 0; i < 10; i++) {
      assertThat(done(find(Instance.incidents(), Instance.tickets(8)))).hasSize(8);
    }
  }

  @Test
  void client_credentials_and_an_api_key_do_as_well() {
    instance.switches("{\"clientCredentials\": true}");
    for (Function<URI, Credentials> way :
        java.util.List.<Function<URI, Credentials>>of(
            to ->
                Credentials.clientCredentials(
                    to.resolve("/oauth_token.do"),
                    instance.known("clientId"),
                    new Secret(instance.known("clientSecret"))),
            to -> Credentials.apiKey("x-sn-apikey", new Secret(instance.known("apiKey"))))) {
      signIn(way);
      instance.switches("{\"clientCredentials\": true}");

      assertThat(incidents(3)).hasSize(3);
      assertThat(done(changed(Instance.incidents(), "")).tickets()).isNotEmpty();
    }
  }

  @Test
  void a_wrong_password_is_denied_and_does_not_lock_the_account() {
    signIn(to -> Credentials.basic(instance.known("user"), new Secret("wrong")));
    instance.forgetRequests();

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Denied.class);
    assertThat(why.words()).doesNotContain("wrong");
    assertThat(instance.requests()).isEqualTo(1);
  }

  @Test
  void a_token_without_the_scope_is_denied_also_for_a_write() {
    incidents(1);
    instance.switches("{\"tokensUnscoped\": true}");
    signIn(
        to ->
            Credentials.passwordGrant(
                to.resolve("/oauth_token.do"),
                instance.known("clientId"),
                new Secret(instance.known("clientSecret")),
                instance.known("user"),
                new Secret(instance.known("password"))));
    instance.switches("{\"tokensUnscoped\": true}");

    assertThat(refusal(changed(Instance.incidents(), ""))).isInstanceOf(Refusal.Denied.class);
    assertThat(refusal(create(Instance.incidents(), Instance.tickets(1)).get(0)))
        .isInstanceOf(Refusal.class);
  }

  private void signIn(Function<URI, Credentials> way) {
    reopen(settings -> settings, way);
  }
}
