package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FileTree;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Starts execution environments: the process, its variables, its temporary folder, its log. */
public final class EnvironmentLauncher implements AutoCloseable {
  /** How long an environment's keys are good for; it is not used longer than that. */
  static final Duration LIFETIME = Duration.ofHours(12);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The share of MemorySize that is the heap; the rest is for what a JVM needs beside it. */
  private static final int HEAP_PERCENT = 85;

  private final Path directory;
  private final ChildProcesses processes;
  private final CloudClock clock;
  private final CloudIdentity identity;
  private final LogSink logs;
  private final RoleSessions roles;
  private final NetworkTenants tenants;
  private final FunctionSites sites;
  private final RuntimeApiServer runtimeApi = new RuntimeApiServer();
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
  private final ClassArchives archives;
  private final ContainerLaunch containers;
  private final SecureRandom random = new SecureRandom();
  private @Nullable String runtimeClassPath;

  /**
   * @param directory for the runtime and the environments' temporary folders
   * @param tenants who is told in which network each environment is
   * @param sites where those of functions in a VPC are
   */
  public EnvironmentLauncher(
      Path directory,
      ChildProcesses processes,
      CloudClock clock,
      CloudIdentity identity,
      LogSink logs,
      RoleSessions roles,
      NetworkTenants tenants,
      FunctionSites sites) {
    this.sites = sites;
    this.tenants = tenants;
    this.directory = directory;
    this.processes = processes;
    this.clock = clock;
    this.identity = identity;
    this.logs = logs;
    this.roles = roles;
    this.archives = new ClassArchives(processes, directory.resolve("classes"), java);
    this.containers = new ContainerLaunch(archives, java);
  }

  /**
   * Starts an environment of a function whose code is in use.
   *
   * @param steps runs what the environment does when a wait is over
   * @throws io.pipelab.local.kernel.AwsError when Lambda cannot assume the function's role
   * @throws StartFailure when an image's program cannot be started
   */
  ExecutionEnvironment launch(FunctionSpec spec, Executor steps) throws IOException, StartFailure {
    if (!spec.code().retain()) {
      throw new IllegalStateException("the code of " + spec.name() + " is not in use");
    }
    ExecutionEnvironment launched = null;
    try {
      launched = launchWithCode(spec, steps);
      return launched;
    } finally {
      if (launched == null) {
        spec.code().release();
      }
    }
  }

  private ExecutionEnvironment launchWithCode(FunctionSpec spec, Executor steps)
      throws IOException, StartFailure {
    String id = randomHex();
    RoleSessions.Keys keys =
        roles.issue(spec.roleArn(), spec.name(), "lambda.amazonaws.com", LIFETIME);
    String stream = DAY.format(clock.now()) + "/[" + spec.version() + "]" + id;
    Caller writer = Caller.RoleSession.of(identity, spec.roleArn(), spec.name());
    EnvironmentLog log = new EnvironmentLog(logs.writtenBy(writer), spec.logGroup(), stream);
    if (spec.program() instanceof Program.Handler handler) {
      log.append(List.of(initStart(handler.runtime())));
    }
    Path folder = Files.createDirectories(directory.resolve("environments").resolve(id));
    RuntimeEndpoint api = runtimeApi.open();
    Process process = null;
    ExecutionEnvironment launched = null;
    try {
      Launch launch = prepare(spec, id, folder);
      Map<String, String> variables = variables(spec, keys, stream, api.address(), folder);
      variables.putAll(launch.variables());
      process = processes.start(launch.command(), variables, launch.folder());
      tenants.register(
          process, spec.vpc().map(sites::next).orElseGet(NetworkTenants.Site.Outside::new));
      launched =
          new ExecutionEnvironment(
              spec, clock, steps, api, process, log, folder, launch.recording());
      return launched;
    } catch (StartFailure e) {
      throw e.in(log);
    } finally {
      if (launched == null) {
        if (process != null) {
          process.destroyForcibly();
        }
        api.close();
        FileTree.delete(folder);
      }
    }
  }

  private static String initStart(String runtime) {
    return "INIT_START Runtime Version: "
        + runtime
        + " (JVM "
        + System.getProperty("java.version")
        + ")";
  }

  private Launch prepare(FunctionSpec spec, String id, Path folder)
      throws IOException, StartFailure {
    if (spec.program() instanceof Program.Container container) {
      return containers.prepare(container, id, spec.memoryMb(), folder);
    }
    return prepare((Program.Handler) spec.program(), id, spec.memoryMb(), folder);
  }

  private Launch prepare(Program.Handler program, String id, int memoryMb, Path folder)
      throws IOException {
    LayeredCode code = program.code();
    Path taskRoot = code.archive().taskRoot();
    String classPath = runtimeClassPath() + File.pathSeparator + code.classPath();
    ClassArchives.Recording recording =
        archives.recording(id, code, code.classData(classPath), classPath);
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + Math.max(16, memoryMb * HEAP_PERCENT / 100) + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-UsePerfData");
    command.add("-Xshare:auto");
    command.addAll(recording.options());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-cp");
    command.add(classPath);
    command.add("io.pipelab.local.lambda.runtime.Bootstrap");
    Map<String, String> variables =
        Map.of(
            "_HANDLER", program.handler(),
            "LAMBDA_TASK_ROOT", taskRoot.toString(),
            "LAMBDA_RUNTIME_DIR", directory.resolve("runtime").toString(),
            "AWS_EXECUTION_ENV", "AWS_Lambda_" + program.runtime());
    return new Launch(command, variables, taskRoot, recording);
  }

  private synchronized String runtimeClassPath() throws IOException {
    if (runtimeClassPath == null) {
      runtimeClassPath = RuntimeJar.classPath(directory.resolve("runtime").resolve("runtime.jar"));
    }
    return runtimeClassPath;
  }

  /** The environment that Lambda gives a function; its own variables cannot replace AWS's. */
  private Map<String, String> variables(
      FunctionSpec spec, RoleSessions.Keys keys, String stream, String api, Path folder) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    if (spec.program() instanceof Program.Container container) {
      all.putAll(container.code().program(container.overrides()).image().environment());
    }
    all.put("TMPDIR", folder.toString());
    all.put("AWS_ENDPOINT_URL", identity.endpoint().toString());
    all.putAll(spec.variables());
    all.put("AWS_LAMBDA_RUNTIME_API", api);
    all.put("AWS_REGION", identity.region());
    all.put("AWS_DEFAULT_REGION", identity.region());
    all.put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
    all.put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
    all.put("AWS_SESSION_TOKEN", keys.sessionToken());
    all.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMb()));
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
    return all;
  }

  private String randomHex() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    archives.close();
    runtimeApi.close();
  }
}
