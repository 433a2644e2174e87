package dev.taskbridge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SecretTest {
  private record Account(String user, Optional<Secret> password) {}

  @Test
  void a_secret_shows_itself_only_when_asked() {
    Secret secret = new Secret("hunter2");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret.toString()).isEqualTo("***");
    assertThat(new Account("bot", Optional.of(secret)).toString()).doesNotContain("hunter2");
  }
}
