package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.People;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the slots of one case's texts, the same slot always with the same word. */
final class Vocabulary {
  private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9]+)}");

  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry(
              "subject",
              List.of(
                  "Invoice 48213 overdue",
                  "Ihre Rechnung ist fällig",
                  "お支払い方法の確認",
                  "Your parcel could not be delivered",
                  "Mise à jour de votre compte",
                  "Payroll: please confirm your bank details",
                  "🔒 Password expires today",
                  "Перевірте свій рахунок")),
          Map.entry(
              "department",
              List.of(
                  "Accounting",
                  "Sales EMEA",
                  "Human Resources",
                  "Forschung & Entwicklung",
                  "Logistics",
                  "Customer Care",
                  "Plant Łódź")),
          Map.entry(
              "person",
              List.of(
                  "J. Müller",
                  "Nguyễn Thị Lan",
                  "A. O'Neill",
                  "S. Björklund",
                  "K. Yamamoto",
                  "R. Patel",
                  "C. D'Angelo",
                  "Zoë Martín")),
          Map.entry(
              "login",
              List.of("jmueller", "svc-backup", "tlan", "aoneill", "adm-berg", "kyama", "rpatel")),
          Map.entry(
              "host", List.of("WS-0412", "LT-2291", "WS-1187", "KIOSK-03", "LT-0077", "WS-3310")),
          Map.entry("server", List.of("FILE02", "SQL-PROD-1", "APP07", "PRINT01", "HV-CLUSTER-B")),
          Map.entry(
              "domain",
              List.of(
                  "login-portal.example.net",
                  "cdn-update.example.org",
                  "secure-mail.example.com",
                  "files.example.net",
                  "xn--bcher-kva.example")),
          Map.entry(
              "ip",
              List.of(
                  "203.0.113.17",
                  "198.51.100.201",
                  "192.0.2.66",
                  "203.0.113.240",
                  "2001:db8::bad:cafe")),
          Map.entry("malware", List.of("QuietCrow", "NightHeron", "Mokosh", "TinRabbit", "Kelpie")),
          Map.entry(
              "file",
              List.of("invoice_48213.exe", "Angebot.docm", "update.msi", "scan0017.js", "履歴書.lnk")),
          Map.entry("few", List.of("3", "7", "12", "18", "31", "46")),
          Map.entry("many", List.of("40,000", "120,000", "310,000", "1.2 million")),
          Map.entry("city", List.of("Lisbon", "Osaka", "Kyiv", "Nairobi", "Göteborg")),
          Map.entry("city2", List.of("Toronto", "São Paulo", "Zürich", "Chennai")),
          Map.entry("cve", List.of("CVE-2026-10421", "CVE-2026-20817", "CVE-2025-61234")),
          Map.entry(
              "product",
              List.of("VPN gateway", "file transfer server", "wiki server", "mail relay")),
          Map.entry(
              "service",
              List.of("the customer portal", "object storage", "the build system", "the web shop")),
          Map.entry("supplier", List.of("Brückner Logistik", "Kestrel Hosting", "Datapol S.A.")));

  private final Random random;
  private final Map<String, String> chosen = new HashMap<>();

  Vocabulary(Random random) {
    this.random = random;
  }

  String fill(String text) {
    return SLOT.matcher(text).replaceAll(slot -> Matcher.quoteReplacement(word(slot.group(1))));
  }

  String word(String slot) {
    return chosen.computeIfAbsent(slot, this::choose);
  }

  private String choose(String slot) {
    if (slot.equals("hash")) {
      StringBuilder hash = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        hash.append("%08x".formatted(random.nextInt()));
      }
      return hash.toString();
    }
    List<String> words = WORDS.get(slot);
    if (words == null) {
      throw new IllegalArgumentException("no words for {" + slot + "}");
    }
    return pick(random, words);
  }

  static <T> T pick(Random random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** A person of a group. */
  static People.Person member(Random random, String group) {
    return pick(
        random, People.ALL.stream().filter(person -> person.groups().contains(group)).toList());
  }
}
