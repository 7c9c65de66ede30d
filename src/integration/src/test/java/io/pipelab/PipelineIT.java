package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the sample pipeline of the lab {@code job-offers} for real, by gitlab-ci-local from npm, in
 * a repository of its own against an embedded cloud of its own.
 */
class PipelineIT {
  private static final Path HOME = Path.of("").toAbsolutePath();

  /** The last one that runs on Node 20. */
  private static final String GITLAB_CI_LOCAL = "gitlab-ci-local@4.61.1";

  @TempDir Path folder;

  @Test
  void theSamplePipelineTestsAndDeploysThreeFunctions() throws Exception {
    assumeTrue(
        Launched.isOnPath("npx") && Launched.isOnPath("git"), "Node's npx or git is missing");
    Path repository = repository();
    int there = run(repository, 5, "fetch", "npx", "--yes", GITLAB_CI_LOCAL, "--list");
    assumeTrue(there == 0, "npm does not give " + GITLAB_CI_LOCAL + ": " + read("fetch"));
    assertTrue(read("fetch").contains("deploy-job-api"), read("fetch"));

    String pipelab = HOME.resolve("bin/pipelab").toString();
    assertEquals(0, run(HOME, 15, "up", pipelab, "up", "job-offers"), read("up"));
    int code =
        run(
            repository,
            15,
            "pipeline",
            "npx",
            "--yes",
            GITLAB_CI_LOCAL,
            "--force-shell-executor",
            "--variable",
            "PIPELAB=" + pipelab);
    String told = read("pipeline");
    assertEquals(0, code, told);
    for (String function : List.of("s3_to_sqs_lambda", "sqs_to_dynamo_lambda", "job_api_lambda")) {
      assertTrue(told.contains(function + " version 1"), told);
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(folder.resolve("state"))) {
      run(HOME, 5, "stop", HOME.resolve("bin/pipelab").toString(), "local", "stop");
    }
  }

  /** A lab user's repository: the pipeline, and the code that a build would have made. */
  private Path repository() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    Files.copy(
        HOME.resolve("samples/job-offers/.gitlab-ci.yml"), repository.resolve(".gitlab-ci.yml"));
    Files.createDirectories(repository.resolve("target"));
    Files.copy(
        HOME.resolve("src/functions/offers/target/pipelab-offers.jar"),
        repository.resolve("target/functions.jar"));
    Files.writeString(repository.resolve(".gitignore"), "target\n.gitlab-ci-local\n");
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", ".");
    git(
        repository,
        "-c",
        "user.name=tester",
        "-c",
        "user.email=tester@example.com",
        "commit",
        "-q",
        "-m",
        "Start");
    git(repository, "remote", "add", "origin", "git@gitlab.example:tester/offers.git");
    return repository;
  }

  private void git(Path repository, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    assertEquals(0, run(repository, 5, "git", command.toArray(String[]::new)), read("git"));
  }

  private int run(Path directory, int minutes, String name, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Shell.in(folder));
    environment.keySet().removeIf(key -> key.startsWith("GIT_"));
    environment.put("npm_config_cache", folder.resolve("npm").toString());
    environment.put("PATH", path(environment.getOrDefault("PATH", "")));
    Process process = builder.start();
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " did not end: " + read(name));
    }
    return process.exitValue();
  }

  /**
   * The tool copies the repository with rsync for jobs in containers, of which there is none here;
   * where rsync is missing, something that copies nothing does as well.
   */
  private String path(String path) throws IOException {
    if (Launched.isOnPath("rsync")) {
      return path;
    }
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path rsync = bin.resolve("rsync");
    Files.writeString(rsync, "#!/bin/sh\nexit 0\n");
    assertTrue(rsync.toFile().setExecutable(true));
    return bin + File.pathSeparator + path;
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".out"), StandardCharsets.UTF_8);
  }
}
