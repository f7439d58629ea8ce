package lunora.example;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The example is written against what every app may use. */
class PublicApiTest {

  private static final JavaClasses CHAT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("lunora.example");

  private static final DescribedPredicate<JavaClass> PUBLIC_API =
      resideInAnyPackage("lunora.example", "lunora.api", "lunora.schema", "lunora.error")
          .or(JavaClass.Predicates.type(lunora.wire.Value.class))
          // What an action's fetch answers.
          .or(JavaClass.Predicates.type(lunora.host.remote.HttpReply.class));

  @Test
  void functionsAndDocumentsUseThePublicApiOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .should()
        .dependOnClassesThat(resideInAnyPackage("lunora..").and(DescribedPredicate.not(PUBLIC_API)))
        .check(CHAT);
  }

  @Test
  void mainAlsoStartsTheWorker() {
    noClasses()
        .that()
        .haveSimpleName("Main")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("lunora..")
                .and(DescribedPredicate.not(PUBLIC_API))
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "lunora.backup",
                            "lunora.boot",
                            "lunora.bridge.entry",
                            "lunora.edge",
                            "lunora.host.inbound",
                            "lunora.jwt",
                            "lunora.presence")))
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.type(lunora.storage.SweepSettings.class))))
        .check(CHAT);
  }
}
