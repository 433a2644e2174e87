package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Basic, OAuth tokens, API keys, and the ways in which each of them fails. */
class AuthenticationTest extends WithSimulator {
  private static final String LIST = "/api/now/v2/table/incident";
  private static final String CLIENT =
      "&client_id=" + OAuth.CLIENT_ID + "&client_secret=" + OAuth.CLIENT_SECRET;
  private static final String PASSWORD_GRANT =
      "grant_type=password&username=svc.bridge&password="
          + SmallWorld.PASSWORDS.get("svc.bridge")
          + CLIENT;

  private SnowClient form;
  private SnowClient stranger;

  @BeforeEach
  void clients() {
    form =
        SnowClient.bare(simulator)
            .with("Accept", "application/json")
            .with("Content-Type", "application/x-www-form-urlencoded");
    stranger = SnowClient.bare(simulator).with("Accept", "application/json");
  }

  private Answer token(String body) {
    return form.send("POST", "/oauth_token.do", body);
  }

  private Answer listWith(String token) {
    return stranger.with("Authorization", "Bearer " + token).get(LIST);
  }

  @Test
  void a_request_without_credentials_or_with_wrong_ones_is_401() {
    for (Answer answer :
        new Answer[] {
          stranger.get(LIST),
          stranger.basic("svc.bridge", "wrong").get(LIST),
          stranger.basic("nobody", "x").get(LIST),
          listWith("made-up"),
          stranger.with("x-sn-apikey", "made-up").get(LIST)
        }) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.errorMessage()).isEqualTo("User Not Authenticated");
      assertThat(answer.errorDetail()).isEqualTo("Required to provide Auth information");
      assertThat(answer.json().getString("status")).isEqualTo("failure");
    }
  }

  @Test
  void six_wrong_passwords_in_a_row_lock_the_account() {
    for (int i = 0; i < 5; i++) {
      stranger.basic("svc.bridge", "wrong").get(LIST);
    }
    assertThat(snow.get(LIST).status()).isEqualTo(200); // and the count begins again
    for (int i = 0; i < 6; i++) {
      stranger.basic("svc.bridge", "wrong").get(LIST);
    }
    assertThat(snow.get(LIST).status()).isEqualTo(401);

    snow.switches("{\"lockAfterFailures\":0}");
    assertThat(snow.get(LIST).status()).isEqualTo(200);
  }

  @Test
  void restricted_basic_authentication_needs_its_role() {
    snow.switches("{\"basicAuthRestricted\":true}");
    assertThat(snow.get(LIST).status()).isEqualTo(200);

    String grant =
        admin
            .list(
                "sys_user_has_role",
                "user.user_name=svc.bridge^role.name=snc_basic_auth_api_access")
            .records()
            .get(0)
            .getString("sys_id");
    admin.delete("/api/now/table/sys_user_has_role/" + grant);
    assertThat(snow.get(LIST).status()).isEqualTo(401);
  }

  @Test
  void a_user_with_a_second_factor_cannot_come_in_by_basic() {
    snow.switches("{\"mfaUsers\":[\"svc.bridge\"]}");

    Answer answer = snow.get(LIST);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("X-MFA_TOKEN")).isEqualTo("invalid");
  }

  @Test
  void a_token_lives_1800_seconds_and_asking_again_gives_the_same_one_with_less_left() {
    JsonObject first = token(PASSWORD_GRANT).json();
    assertThat(first.getString("token_type")).isEqualTo("Bearer");
    assertThat(first.getString("scope")).isEqualTo("useraccount");
    assertThat(first.getInteger("expires_in")).isBetween(1799, 1800);
    assertThat(listWith(first.getString("access_token")).status()).isEqualTo(200);

    wind(Duration.ofSeconds(1000));
    JsonObject second = token(PASSWORD_GRANT).json();
    assertThat(second.getString("access_token")).isEqualTo(first.getString("access_token"));
    assertThat(second.getInteger("expires_in")).isBetween(799, 800);

    wind(Duration.ofSeconds(801));
    assertThat(listWith(first.getString("access_token")).status()).isEqualTo(401);
    assertThat(token(PASSWORD_GRANT).json().getString("access_token"))
        .isNotEqualTo(first.getString("access_token"));
  }

  @Test
  void a_token_can_die_after_a_number_of_requests() {
    snow.switches("{\"accessTokenUses\":2}");
    String token = token(PASSWORD_GRANT).json().getString("access_token");

    assertThat(listWith(token).status()).isEqualTo(200);
    assertThat(listWith(token).status()).isEqualTo(200);
    assertThat(listWith(token).status()).isEqualTo(401);
    assertThat(listWith(token(PASSWORD_GRANT).json().getString("access_token")).status())
        .isEqualTo(200);
  }

  @Test
  void a_refresh_gives_a_new_access_token_and_ends_the_old_one() {
    JsonObject first = token(PASSWORD_GRANT).json();
    String refresh = "grant_type=refresh_token&refresh_token=" + first.getString("refresh_token");

    JsonObject second = token(refresh + CLIENT).json();
    assertThat(second.getString("refresh_token")).isEqualTo(first.getString("refresh_token"));
    assertThat(listWith(first.getString("access_token")).status()).isEqualTo(401);
    assertThat(listWith(second.getString("access_token")).status()).isEqualTo(200);
  }

  @Test
  void a_refresh_may_leave_its_token_unnamed_or_rotate_it() {
    String old = token(PASSWORD_GRANT).json().getString("refresh_token");
    String refresh = "grant_type=refresh_token&refresh_token=" + old + CLIENT;

    snow.switches("{\"refreshRepeatsToken\":false}");
    assertThat(token(refresh).json().containsKey("refresh_token")).isFalse();

    snow.switches("{\"refreshRotatesToken\":true}");
    assertThat(token(refresh).json().getString("refresh_token")).isNotEqualTo(old);
    assertThat(token(refresh).status()).isEqualTo(401);
  }

  @Test
  void client_credentials_work_only_where_an_administrator_enabled_them() {
    String grant = "grant_type=client_credentials" + CLIENT;
    assertThat(token(grant).status()).isEqualTo(401);

    snow.switches("{\"clientCredentials\":true}");
    JsonObject answer = token(grant).json();
    assertThat(answer.containsKey("refresh_token")).isFalse();
    assertThat(listWith(answer.getString("access_token")).status()).isEqualTo(200);
  }

  @Test
  void token_errors_are_strings() {
    for (String body :
        new String[] {
          PASSWORD_GRANT.replace("simulated-password", "wrong"),
          PASSWORD_GRANT.replace(OAuth.CLIENT_SECRET, "wrong"),
          "grant_type=refresh_token&refresh_token=made-up" + CLIENT
        }) {
      Answer answer = token(body);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().getValue("error")).isEqualTo("access_denied");
      assertThat(answer.json().getValue("error_description")).isEqualTo("access_denied");
    }
  }

  @Test
  void token_parameters_count_only_in_a_form_body() {
    assertThat(form.send("POST", "/oauth_token.do?" + PASSWORD_GRANT, "").status()).isEqualTo(401);
    assertThat(
            form.with("Content-Type", "application/json")
                .send("POST", "/oauth_token.do", PASSWORD_GRANT)
                .status())
        .isEqualTo(401);
  }

  @Test
  void the_client_may_come_as_a_basic_header() {
    String grant = PASSWORD_GRANT.replace(CLIENT, "");

    assertThat(
            form.basic(OAuth.CLIENT_ID, OAuth.CLIENT_SECRET)
                .send("POST", "/oauth_token.do", grant)
                .status())
        .isEqualTo(200);
    assertThat(form.basic(OAuth.CLIENT_ID, "wrong").send("POST", "/oauth_token.do", grant).status())
        .isEqualTo(401);
  }

  @Test
  void tokens_without_the_right_scope_are_403() {
    snow.switches("{\"tokensUnscoped\":true}");
    String token = token(PASSWORD_GRANT).json().getString("access_token");

    Answer answer = listWith(token);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorMessage()).isEqualTo("Access to unscoped api is not allowed");
  }

  @Test
  void an_api_key_comes_in_a_header_or_in_the_url_unless_switched_off() {
    assertThat(stranger.with("x-sn-apikey", Authentication.API_KEY).get(LIST).status())
        .isEqualTo(200);
    assertThat(stranger.get(LIST + "?x-sn-apikey=" + Authentication.API_KEY).status())
        .isEqualTo(200);

    snow.switches("{\"apiKey\":false}");
    assertThat(stranger.with("x-sn-apikey", Authentication.API_KEY).get(LIST).status())
        .isEqualTo(401);
  }

  @Test
  void a_named_person_acts_under_the_accounts_credentials() {
    String id = incidentId("short_description", "x");

    JsonObject changed =
        person("pat.jones").update("incident", id, "short_description", "y").record();
    assertThat(changed.getString("sys_updated_by")).isEqualTo("pat.jones");
    assertThat(person("nobody").get(LIST).status()).isEqualTo(400);
    assertThat(stranger.actingAs("pat.jones@example.com").get(LIST).status()).isEqualTo(401);
  }

  @Test
  void a_user_who_was_deactivated_cannot_come_in() {
    admin.update("sys_user", SmallWorld.userId("svc.bridge"), "active", "false");

    assertThat(snow.get(LIST).status()).isEqualTo(401);
  }
}
