package io.pipelab.target;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a running embedded cloud says of itself in its state file {@code cloud.json}.
 *
 * @param startedAt when its process started, to tell it from another process that got its number
 * @param speed how many CloudWatch seconds pass in one
 * @param log where its log is
 * @param refusesOtherUsers whether it tells its user from the others of this machine
 * @param iam whether it holds users and roles to their policies
 */
public record CloudState(
    long pid,
    Instant startedAt,
    URI endpoint,
    String region,
    int speed,
    String version,
    Path log,
    boolean refusesOtherUsers,
    boolean iam) {
  private static final String FILE = "cloud.json";

  /** The operating system's start times are no more exact than this. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  /** The state file in the cloud's folder. */
  static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  /** Reads the state file; empty when there is none, or none that a cloud wrote to its end. */
  static Optional<CloudState> read(Path folder) {
    try {
      return Optional.of(parse(Files.readAllBytes(file(folder)), CloudLaunch.log(folder)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // A file that nobody can read describes no cloud; the next start replaces it.
      return Optional.empty();
    }
  }

  /** One line on what it enforces. */
  public String iamLine() {
    return iam
        ? "IAM: users and roles are refused what their policies do not allow; made-up keys are"
            + " root, whom nobody asks"
        : "IAM IS OFF (--no-iam): nobody is refused what his policies do not allow";
  }

  /** Whether the process that wrote this still runs; one that waits for its parent does not. */
  boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
        .filter(start -> !LinuxProcess.isZombie(pid))
        .isPresent();
  }

  private static CloudState parse(byte[] json, Path log) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && parser.currentName() != null) {
          members.put(parser.currentName(), parser.getText());
        }
      }
    }
    return new CloudState(
        Long.parseLong(member(members, "pid")),
        Instant.parse(member(members, "startedAt")),
        URI.create(member(members, "endpoint")),
        member(members, "region"),
        Integer.parseInt(member(members, "speed")),
        members.getOrDefault("version", ""),
        log,
        Boolean.parseBoolean(members.get("refusesOtherUsers")),
        Boolean.parseBoolean(members.getOrDefault("iam", "true")));
  }

  private static String member(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in the state file");
    }
    return value;
  }
}
