package dev.taskbridge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the architecture. Each rule was seen red once by breaking it. */
@AnalyzeClasses(packages = "dev.taskbridge", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule the_engine_only_thinks =
      noClasses()
          .that()
          .resideInAnyPackage("..domain..", "..mapping..", "..reconcile..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..adapter..",
              "..store..",
              "..engine..",
              "..config..",
              "..cli..",
              "dev.taskbridge.web..",
              "..simulator..",
              "org.apache.camel..",
              "java.sql..",
              "java.net.http..",
              "java.util.concurrent..",
              "com.fasterxml..")
          .because(
              "a decision is tested without Camel, a database or a network: pass data in, return a"
                  + " decision")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule simulators_know_nothing_of_the_product =
      noClasses()
          .that()
          .resideInAPackage("..simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..domain..",
              "..mapping..",
              "..reconcile..",
              "..store..",
              "..adapter..",
              "..engine..",
              "..config..",
              "..cli..",
              "dev.taskbridge.web..",
              "org.apache.camel..")
          .because("a simulator that shares code with the product shares its mistakes")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule tql_is_a_leaf =
      noClasses()
          .that()
          .resideInAPackage("dev.taskbridge.tql..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.taskbridge..")
                  .and(not(resideInAPackage("dev.taskbridge.tql.."))))
          .because("the client and the simulator both stand on it, and on nothing else together");

  @ArchTest
  static final ArchRule store_and_adapters_know_the_domain_only =
      noClasses()
          .that()
          .resideInAnyPackage("..store..", "..adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..mapping..",
              "..reconcile..",
              "..engine..",
              "..cli..",
              "dev.taskbridge.web..",
              "..simulator..")
          .because("the arrows point one way: domain, mapping, reconcile, engine, then cli and web")
          .allowEmptyShould(true);
}
