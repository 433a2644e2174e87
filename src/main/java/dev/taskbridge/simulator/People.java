package dev.taskbridge.simulator;

import java.util.List;

/** The eight people and two groups that all three simulated systems know. */
public final class People {
  /**
   * A person.
   *
   * @param email what the three systems share; ThreatConnect's user name, too
   */
  public record Person(String email, String firstName, String lastName, List<String> groups) {
    public String fullName() {
      return firstName + " " + lastName;
    }

    /** The part of the address before the {@code @}, such as {@code maria.silva}. */
    public String login() {
      return email.substring(0, email.indexOf('@'));
    }
  }

  public static final String SOC_TEAM = "SOC Team";
  public static final String IT_OPERATIONS = "IT Operations";
  public static final List<String> GROUPS = List.of(SOC_TEAM, IT_OPERATIONS);

  public static final List<Person> ALL =
      List.of(
          person("maria.silva", "Maria", "Silva", SOC_TEAM),
          person("pat.jones", "Pat", "Jones", SOC_TEAM),
          person("chen.wei", "Chen", "Wei", SOC_TEAM),
          person("amina.diallo", "Amina", "Diallo", SOC_TEAM, IT_OPERATIONS),
          person("lars.berg", "Lars", "Berg", IT_OPERATIONS),
          person("olena.kovalenko", "Olena", "Kovalenko", IT_OPERATIONS),
          person("sam.okafor", "Sam", "Okafor", IT_OPERATIONS),
          person("yuki.tanaka", "Yuki", "Tanaka", SOC_TEAM));

  private People() {}

  private static Person person(String login, String first, String last, String... groups) {
    return new Person(login + "@example.com", first, last, List.of(groups));
  }
}
