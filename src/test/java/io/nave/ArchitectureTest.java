package io.nave;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.ONLY_INCLUDE_TESTS;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The architecture, as rules. README.md shows the same rows as a picture. */
class ArchitectureTest {

  static final String HUB = "io.nave";

  /** A package may import the rows below its own; never its own row, never a row above. */
  static final List<List<String>> ROWS =
      List.of(
          List.of("api", "console", "centre", "ops", "demo", "embedded", "sandbox", "chaos"),
          List.of("connectors"),
          List.of("sync"),
          List.of("golden"),
          List.of("identity", "consent"),
          List.of("canonical"));

  static final JavaClasses main =
      new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackages(HUB);
  static final JavaClasses tests =
      new ClassFileImporter().withImportOption(ONLY_INCLUDE_TESTS).importPackages(HUB);

  @Test
  void importsPointDownTheRows() {
    var rows =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(HUB + "..")
            .withOptionalLayers(true)
            .layer("main")
            .definedBy(HUB)
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .layer("platform")
            .definedBy(HUB + ".platform..")
            .whereLayer("platform")
            .mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();
    for (var name : ROWS.stream().flatMap(List::stream).toList()) {
      rows = rows.layer(name).definedBy(HUB + "." + name + "..");
    }
    var below = new ArrayList<>(List.of("platform"));
    for (int i = ROWS.size() - 1; i >= 0; i--) {
      for (var name : ROWS.get(i)) {
        rows = rows.whereLayer(name).mayOnlyAccessLayers(below.toArray(String[]::new));
      }
      below.addAll(ROWS.get(i));
    }
    rows.check(main);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(HUB + ".(**)").should().beFreeOfCycles().check(main);
  }

  @Test
  void sandboxesKnowNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(HUB + ".sandbox..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(HUB + "..").and(not(resideInAPackage(HUB + ".sandbox.."))))
        .check(main);
  }

  @Test
  void canonicalModelIsPlainJava() {
    classes()
        .that()
        .resideInAPackage(HUB + ".canonical..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "com.ibm.icu..",
            "com.google.i18n.phonenumbers..",
            "org.apache.commons.text..",
            HUB + ".canonical..")
        .check(main);
  }

  @Test
  void camelAndKafkaStayInConnectors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            HUB, HUB + ".connectors..", HUB + ".embedded..", HUB + ".sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.camel..", "org.apache.kafka..")
        .check(main);
  }

  @Test
  void httpStaysInTheDoors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            HUB + ".api..", HUB + ".console..", HUB + ".centre..", HUB + ".ops..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(main);
  }

  @Test
  void onlyThePackagesThatOwnTablesUsePersistence() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            HUB + ".identity..", HUB + ".golden..", HUB + ".consent..", HUB + ".sync..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.persistence..")
        .check(main);
  }

  @Test
  void timeAndRandomnessAreHandedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            HUB, HUB + ".platform..", HUB + ".sandbox..", HUB + ".demo..", HUB + ".embedded..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(main);
  }

  @Test
  void collaboratorsAreConstructorArguments() {
    noFields().should().beAnnotatedWith("jakarta.inject.Inject").check(main);
  }

  @Test
  void namesAreDomainWords() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service|Processor|Data|Info|DTO|Dto)")
        .check(main);
  }

  @Test
  void failuresHaveTypes() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(main);
    noClasses()
        .that()
        .resideOutsideOfPackages(HUB, HUB + ".demo..", HUB + ".sandbox..", HUB + ".platform..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(main);
  }

  @Test
  void noTestSleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
  }

  @Test
  void noTestNameStartsWithTestOrShould() {
    noMethods()
        .that()
        .areAnnotatedWith(Test.class)
        .should()
        .haveNameMatching("(test|should).*")
        .check(tests);
  }
}
