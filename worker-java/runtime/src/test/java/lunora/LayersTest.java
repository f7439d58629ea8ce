package lunora;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may use which: the arrows of docs/ARCHITECTURE.md. */
class LayersTest {

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("lunora");

  /** One package and the packages of ours that it may use. */
  private record Layer(String name, String... uses) {}

  private static final List<Layer> LAYERS =
      List.of(
          new Layer("wire"),
          new Layer("error", "wire"),
          new Layer("host.local", "wire"),
          new Layer("host.inbound", "wire", "error", "host.local", "host.remote"),
          new Layer("host.remote", "wire", "error", "host.local", "host.inbound"),
          new Layer("host.edge", "wire", "error", "host.inbound", "host.remote"),
          new Layer("trace", "wire", "host.local", "host.inbound", "host.remote"),
          new Layer("schema", "wire", "error", "host.local"),
          // An app's action fetches with the host's reply type.
          new Layer("api", "wire", "error", "schema", "host.remote"),
          new Layer("presence", "wire", "error", "schema", "api"),
          new Layer("store", "wire", "error", "host.local", "schema"),
          new Layer("auth", "wire", "error", "api", "host.inbound"),
          new Layer(
              "query", "wire", "error", "host.local", "schema", "api", "store", "auth", "trace"),
          new Layer("oplog", "wire", "error", "host.local", "schema", "store"),
          new Layer("outbox", "wire", "error", "host.local", "host.remote"),
          new Layer(
              "storage",
              "wire",
              "error",
              "api",
              "auth",
              "outbox",
              "rpc",
              "registry",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge"),
          new Layer("replay", "wire", "api", "host.local", "auth"),
          new Layer("rpc", "wire", "error", "api", "schema", "auth", "host.inbound"),
          new Layer(
              "registry",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "schema",
              "oplog",
              "outbox",
              "rpc"),
          new Layer(
              "changes",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "outbox",
              "rpc"),
          new Layer(
              "watch",
              "wire",
              "error",
              "host.local",
              "host.remote",
              "schema",
              "api",
              "auth",
              "query",
              "changes",
              "global",
              "subscription"),
          new Layer(
              "queue",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "schema",
              "api",
              "auth",
              "outbox",
              "rpc"),
          new Layer(
              "scheduler",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "api",
              "auth",
              "outbox",
              "rpc"),
          new Layer(
              "shape",
              "wire",
              "error",
              "host.local",
              "schema",
              "api",
              "store",
              "auth",
              "query",
              "oplog"),
          new Layer(
              "subscription",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "schema",
              "api",
              "store",
              "auth",
              "query",
              "oplog",
              "replay",
              "rpc",
              "shape"),
          new Layer(
              "stream",
              "wire",
              "error",
              "host.local",
              "host.remote",
              "schema",
              "api",
              "auth",
              "rpc",
              "subscription"),
          new Layer(
              "global",
              "wire",
              "error",
              "host.local",
              "host.remote",
              "schema",
              "api",
              "store",
              "auth",
              "query",
              "changes",
              "rpc"),
          new Layer(
              "inspect",
              "wire",
              "error",
              "host.local",
              "schema",
              "api",
              "store",
              "auth",
              "query",
              "oplog",
              "rpc",
              "subscription"),
          new Layer(
              "admin",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "schema",
              "api",
              "store",
              "auth",
              "rpc",
              "storage",
              "scheduler",
              "global",
              "registry"),
          new Layer("bulk", "wire", "error", "host.local", "schema", "store", "oplog"),
          new Layer(
              "backup",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "schema",
              "store",
              "api",
              "rpc",
              "bulk",
              "changes",
              "registry",
              "admin"),
          new Layer(
              "migration",
              "wire",
              "error",
              "host.local",
              "host.remote",
              "schema",
              "api",
              "store",
              "oplog",
              "outbox",
              "rpc",
              "registry",
              "inspect"),
          new Layer(
              "operator",
              "wire",
              "error",
              "host.local",
              "host.remote",
              "schema",
              "oplog",
              "rpc",
              "security",
              "registry",
              "inspect",
              "subscription"),
          new Layer(
              "shard",
              "operator",
              "migration",
              "bulk",
              "changes",
              "watch",
              "global",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "schema",
              "api",
              "store",
              "auth",
              "query",
              "oplog",
              "storage",
              "outbox",
              "queue",
              "scheduler",
              "registry",
              "replay",
              "rpc",
              "trace",
              "subscription",
              "stream",
              "inspect"),
          new Layer(
              "security",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "rpc"),
          new Layer(
              "edge",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "api",
              "auth",
              "rpc",
              "storage",
              "queue",
              "scheduler",
              "trace",
              "security",
              "registry",
              "admin"),
          new Layer(
              "jwt",
              "wire",
              "error",
              "api",
              "security",
              "edge",
              "host.local",
              "host.inbound",
              "host.remote"),
          new Layer(
              "fanout",
              "wire",
              "error",
              "host.local",
              "host.inbound",
              "host.remote",
              "host.edge",
              "api",
              "rpc",
              "edge",
              "registry"),
          new Layer(
              "boot",
              "changes",
              "global",
              "jwt",
              "admin",
              "backup",
              "wire",
              "error",
              "api",
              "rpc",
              "security",
              "edge",
              "shard",
              "storage",
              "outbox",
              "queue",
              "scheduler",
              "registry",
              "fanout",
              "schema",
              "host.inbound",
              "host.local",
              "host.remote",
              "host.edge"));

  @TestFactory
  List<DynamicTest> eachPackageUsesOnlyWhatIsBelowIt() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Layer layer : LAYERS) {
      tests.add(DynamicTest.dynamicTest(layer.name(), () -> check(layer)));
    }
    return tests;
  }

  private static void check(Layer layer) {
    String[] allowed = new String[layer.uses().length + 1];
    allowed[0] = "lunora." + layer.name();
    for (int i = 0; i < layer.uses().length; i++) {
      allowed[i + 1] = "lunora." + layer.uses()[i];
    }
    noClasses()
        .that()
        .resideInAPackage("lunora." + layer.name())
        .should()
        .dependOnClassesThat(resideInAnyPackage("lunora..").and(not(resideInAnyPackage(allowed))))
        .check(ENGINE);
  }

  @Test
  void everyPackageHasItsPlace() {
    String[] known = LAYERS.stream().map(layer -> "lunora." + layer.name()).toArray(String[]::new);
    classes()
        .that()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .resideInAnyPackage(known)
        .check(ENGINE);
  }

  @Test
  void noPackagesUseEachOther() {
    slices()
        .matching("lunora.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAnyPackage("lunora.host.remote"), resideInAnyPackage("lunora.host.inbound"))
        .check(ENGINE);
  }

  @Test
  void aLiveQueryNeverUsesTheNetwork() {
    noClasses()
        .that()
        .resideInAPackage("lunora.subscription")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("lunora.host.remote")
        .check(ENGINE);
  }

  @Test
  void theMutationPathNeverSuspends() {
    noClasses()
        .that()
        .haveNameMatching("lunora\\.shard\\.Transaction.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("lunora.host.remote")
        .check(ENGINE);
  }

  @Test
  void theEngineIsPlainJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.teavm..", "java.lang.reflect..", "java.util.concurrent.locks..", "java.sql..")
        .check(ENGINE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.concurrent\\..*(Future|Executor|CompletionStage).*")
        .check(ENGINE);
    methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(ENGINE);
  }
}
