package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in which Terraform works with AWS's provider against a cloud. Nothing comes from the
 * network: the provider is in a mirror on the machine, else the test is skipped.
 */
public final class Terraform {
  /** How providers lie in a mirror, below the address of their registry. */
  private static final Path PROVIDER = Path.of("registry.terraform.io", "hashicorp", "aws");

  private static final Pattern PATH = Pattern.compile("\\bpath\\s*=\\s*\"([^\"]+)\"");

  private static final String PROVIDER_BLOCK =
      """
      terraform {
        required_providers {
          aws = { source = "hashicorp/aws" }
        }
      }

      provider "aws" {
        s3_use_path_style = true
      }
      """;

  private final Path folder;
  private final Path settings;
  private final URI endpoint;
  private final Map<String, String> variables = new TreeMap<>();

  private Terraform(Path folder, Path settings, URI endpoint) {
    this.folder = folder;
    this.settings = settings;
    this.endpoint = endpoint;
  }

  /**
   * Prepares a folder with one of our configurations, {@code terraform init} included.
   *
   * @param endpoint where the cloud is
   * @param configuration {@code job-offers}, {@code decoupling} or {@code image-resize}
   */
  public static Terraform init(Path folder, URI endpoint, String configuration)
      throws IOException, InterruptedException {
    Terraform made = in(folder, endpoint);
    copy(configuration, folder);
    made.run(0, "init");
    return made;
  }

  /**
   * Prepares a folder with several of our configurations, each a module in a folder of its name.
   *
   * @param main calls them
   */
  public static Terraform init(Path folder, URI endpoint, List<String> modules, String main)
      throws IOException, InterruptedException {
    Terraform made = in(folder, endpoint);
    for (String each : modules) {
      copy(each, Files.createDirectories(folder.resolve(each)));
    }
    Files.writeString(folder.resolve("main.tf"), main);
    made.run(0, "init");
    return made;
  }

  private static Terraform in(Path folder, URI endpoint) throws IOException, InterruptedException {
    Path mirror = mirror();
    Files.createDirectories(folder);
    Path settings = folder.resolve("terraform.rc");
    Files.writeString(
        settings,
        """
        disable_checkpoint = true
        provider_installation {
          filesystem_mirror {
            path = "%s"
          }
        }
        """
            .formatted(mirror));
    Files.writeString(folder.resolve("provider.tf"), PROVIDER_BLOCK);
    return new Terraform(folder, settings, endpoint);
  }

  private static void copy(String configuration, Path folder) throws IOException {
    String name = configuration + ".tf";
    try (var in = Terraform.class.getResourceAsStream("/terraform/" + name)) {
      Files.write(folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  /** The machine's mirror; without it or the command the test is skipped with the reason. */
  private static Path mirror() throws IOException, InterruptedException {
    try {
      Process version =
          new ProcessBuilder("terraform", "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assumeTrue(version.waitFor() == 0, "`terraform version` fails");
    } catch (IOException e) {
      assumeTrue(false, "no `terraform` command: " + e.getMessage());
    }
    Optional<Path> mirror =
        candidates().stream().filter(each -> Files.isDirectory(each.resolve(PROVIDER))).findFirst();
    assumeTrue(
        mirror.isPresent(),
        "no mirror of Terraform providers with hashicorp/aws on this machine:"
            + " `terraform providers mirror ~/.terraform.d/plugins` makes one");
    return mirror.get();
  }

  /** Where the user's settings say, where Terraform looks by itself, and below {@code /opt}. */
  private static List<Path> candidates() throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv("TF_CLI_CONFIG_FILE");
    Path settings = named == null ? home.resolve(".terraformrc") : Path.of(named);
    if (Files.isReadable(settings)) {
      PATH.matcher(Files.readString(settings))
          .results()
          .forEach(each -> candidates.add(Path.of(each.group(1))));
    }
    candidates.add(home.resolve(".terraform.d/plugins"));
    candidates.add(home.resolve(".local/share/terraform/plugins"));
    candidates.add(Path.of("/usr/local/share/terraform/plugins"));
    candidates.add(Path.of("/usr/share/terraform/plugins"));
    if (Files.isDirectory(Path.of("/opt"))) {
      try (Stream<Path> children = Files.list(Path.of("/opt"))) {
        children.sorted().forEach(candidates::add);
      }
    }
    return candidates;
  }

  /** Sets a variable of the configuration for all commands from now on. */
  public Terraform with(String variable, Object value) {
    variables.put(variable, String.valueOf(value));
    return this;
  }

  /** {@code terraform apply}: the test fails with what it printed when it does. */
  public void apply() throws IOException, InterruptedException {
    run(0, "apply", "-auto-approve", "-input=false", "-parallelism=30");
  }

  /** Whether {@code terraform plan} finds something to change, and what it printed. */
  public void planFindsNoChange() throws IOException, InterruptedException {
    run(0, "plan", "-detailed-exitcode", "-input=false", "-parallelism=30");
  }

  /** What {@code terraform plan} prints, which has something to change. */
  public String planOfAChange() throws IOException, InterruptedException {
    return run(2, "plan", "-detailed-exitcode", "-input=false", "-parallelism=30");
  }

  public void destroy() throws IOException, InterruptedException {
    run(0, "destroy", "-auto-approve", "-input=false", "-parallelism=30");
    assertEquals("", run(0, "state", "list"));
  }

  /** An output of the configuration, as text. */
  public String output(String name) throws IOException, InterruptedException {
    return run(0, "output", "-raw", name);
  }

  private String run(int expected, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, arguments[0], ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
    environment.putAll(
        Map.of(
            "TF_CLI_CONFIG_FILE", settings.toString(),
            "TF_IN_AUTOMATION", "1",
            "TF_CLI_ARGS", "-no-color",
            "AWS_ENDPOINT_URL", endpoint.toString(),
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_CONFIG_FILE", folder.resolve("none").toString(),
            "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString()));
    variables.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("not within five minutes: " + command + Files.readString(out));
    }
    String printed = Files.readString(out);
    assertEquals(expected, process.exitValue(), () -> String.join(" ", command) + ": " + printed);
    return printed;
  }
}
