package io.pipelab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.Server;

/** The import table of docs/ARCHITECTURE.md, as tests: written rules decay. */
@AnalyzeClasses(
    packages = "io.pipelab",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** A module's tests come as a folder in some of Maven's phases and as a jar in others. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String LOCAL = "io.pipelab.local..";

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("io.pipelab.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages in a cycle can only be understood, tested and moved together");

  @ArchTest
  static final ArchRule commandsNeverImportTheCloud =
      noClasses()
          .that()
          .resideOutsideOfPackage(LOCAL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LOCAL)
          .because("the SDK is the port: what works offline must be the code that runs on AWS");

  @ArchTest
  static final ArchRule theCloudImportsNothingOutside =
      noClasses()
          .that()
          .resideInAPackage(LOCAL)
          .should()
          .dependOnClassesThat(ours().and(outside("io.pipelab.local")))
          .because("the embedded cloud must serve any client, not just ours");

  @ArchTest
  static final ArchRule functionsImportNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.functions..")
          .should()
          .dependOnClassesThat(ours().and(outside("io.pipelab.functions")))
          .because("they ship to AWS without the rest");

  @ArchTest
  static final ArchRule onlyTheRootSeesTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackages(LOCAL, "io.pipelab.functions..")
          .and()
          .doNotHaveFullyQualifiedName("io.pipelab.Main")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("a target's text reaches a terminal through VisibleText's stream only");

  @ArchTest
  static final ArchRule streamsAreMadeWhereTheyAreMadeSafe =
      noClasses()
          .that()
          .resideOutsideOfPackages(LOCAL, "io.pipelab.functions..")
          .and()
          .doNotHaveSimpleName("VisibleText")
          .and()
          .doNotHaveSimpleName("LiveRegion")
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "makes a PrintStream",
                  call -> call.getTargetOwner().isEquivalentTo(PrintStream.class)))
          .because("a stream beside VisibleText's would let escape sequences through");

  @ArchTest
  static final ArchRule labsImportNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.lab..")
          .should()
          .dependOnClassesThat(ours().and(outside("io.pipelab.lab")))
          .because("a lab is data");

  @ArchTest
  static final ArchRule servicesReachEachOtherThroughPorts =
      slices()
          .matching("io.pipelab.local.(*)..")
          .namingSlices("service $1")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(anything(), shared())
          .because("a service that imports another cannot be read or tested alone");

  @ArchTest
  static final ArchRule theKernelStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.local.kernel..")
          .should()
          .dependOnClassesThat(ours().and(outside("io.pipelab.local.kernel")))
          .because("everything stands on it");

  @ArchTest
  static final ArchRule theWireKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.local.wire..")
          .should()
          .dependOnClassesThat(
              ours()
                  .and(outside("io.pipelab.local.wire"))
                  .and(outside("io.pipelab.local.declared"))
                  .and(outside("io.pipelab.local.door"))
                  .and(outside("io.pipelab.local.kernel")))
          .because("one codec a protocol serves every service");

  @ArchTest
  static final ArchRule declarationsAreData =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.local.declared..")
          .should()
          .dependOnClassesThat(
              outside("io.pipelab.local.declared")
                  .and(JavaClass.Predicates.resideOutsideOfPackages("java..", "org.jspecify..")))
          .because("what is stated of actions can be read without knowing how they are called");

  @ArchTest
  static final ArchRule theQueueEngineIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.local.sqs.engine..")
          .should()
          .dependOnClassesThat(
              outside("io.pipelab.local.sqs.engine")
                  .and(JavaClass.Predicates.resideOutsideOfPackages("java..", "org.jspecify..")))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .because("the rules of queues can be read and tested without SDK, wire and threads");

  @ArchTest
  static final ArchRule theDoorKnowsOnlyTheKernel =
      noClasses()
          .that()
          .resideInAPackage("io.pipelab.local.door..")
          .should()
          .dependOnClassesThat(
              ours().and(outside("io.pipelab.local.door")).and(outside("io.pipelab.local.kernel")))
          .because("it stands before everything that it guards");

  @ArchTest
  static final ArchRule everyListenerHasTheDoor =
      noClasses()
          .that()
          .resideInAPackage(LOCAL)
          .and()
          .resideOutsideOfPackage("io.pipelab.local.door..")
          .should()
          .callConstructorWhere(opensAServer())
          .orShould()
          .callMethodWhere(opensAServer())
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              ServerSocket.class,
              ServerSocketChannel.class,
              AsynchronousServerSocketChannel.class,
              HttpServer.class)
          .because("whoever reaches the cloud past the door can run code as its user");

  @ArchTest
  static final ArchRule clientsAreBuiltInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.pipelab.target..", LOCAL, "io.pipelab.functions..")
          .should()
          .callMethodWhere(buildsAnSdkClient())
          .because("a target is an endpoint, and only AwsClients may know which");

  @ArchTest
  static final ArchRule reflectionStaysInTheWire =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.pipelab.local.wire..", "io.pipelab.local.lambda.runtime..")
          .should()
          .callMethod(Class.class, "forName", String.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.lang.reflect.Field.class, java.lang.reflect.Method.class)
          .because("only the wire layer reads the SDK's models, and the runtime a user's handler");

  @ArchTest
  static final ArchRule noVagueNames =
      noClasses()
          .that()
          .doNotHaveSimpleName("SecretsManager") // AWS's name
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .because("a name says what a thing is");

  @ArchTest
  static final ArchRule commandsAreNamedCommands =
      classes()
          .that()
          .areAnnotatedWith("picocli.CommandLine$Command")
          .should()
          .resideInAPackage("io.pipelab.cli..")
          .allowEmptyShould(true)
          .because("only the command line parses");

  private static DescribedPredicate<JavaCall<?>> buildsAnSdkClient() {
    return DescribedPredicate.describe(
        "builds an SDK client",
        call ->
            (call.getTarget().getName().equals("builder")
                    || call.getTarget().getName().equals("create"))
                && call.getTargetOwner().getSimpleName().endsWith("Client")
                && call.getTargetOwner().getPackageName().startsWith("software.amazon.awssdk."));
  }

  /** Makes a Jetty server, or sets what it answers. */
  private static DescribedPredicate<JavaCall<?>> opensAServer() {
    return DescribedPredicate.describe(
        "opens a server past the door",
        call ->
            call.getTargetOwner().isAssignableTo(Server.class)
                && (call.getTarget().getName().equals("<init>")
                    || call.getTarget().getName().equals("setHandler")));
  }

  private static DescribedPredicate<JavaClass> ours() {
    return JavaClass.Predicates.resideInAPackage("io.pipelab..");
  }

  private static DescribedPredicate<JavaClass> outside(String root) {
    return JavaClass.Predicates.resideOutsideOfPackages(root, root + "..");
  }

  private static DescribedPredicate<JavaClass> anything() {
    return DescribedPredicate.alwaysTrue();
  }

  /**
   * What every service may import: the kernel, the wire's binder, what reads a child's output,
   * unpacked images, and the resource-type interface.
   */
  private static DescribedPredicate<JavaClass> shared() {
    return JavaClass.Predicates.resideInAnyPackage(
        "io.pipelab.local.kernel..",
        "io.pipelab.local.container..",
        "io.pipelab.local.declared..",
        "io.pipelab.local.wire..",
        "io.pipelab.local.door..",
        "io.pipelab.local.payload..",
        "io.pipelab.local.policy..",
        "io.pipelab.local.process..",
        "io.pipelab.local.cloudformation.resource..");
  }
}
