package io.pipelab.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.door.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;

/**
 * The file {@code cloud.json} by which commands find the running cloud: pid, startedAt, port,
 * endpoint, region, speed, version, refusesOtherUsers, iam. It appears whole or not at all.
 */
record StateFile(Path path) {
  static StateFile write(Settings settings, URI endpoint) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Instant startedAt = self.info().startInstant().orElseGet(Instant::now);
    String version = StateFile.class.getPackage().getImplementationVersion();
    ObjectMapper json = new ObjectMapper();
    ObjectNode state =
        json.createObjectNode()
            .put("pid", self.pid())
            .put("startedAt", startedAt.toString())
            .put("port", endpoint.getPort())
            .put("endpoint", endpoint.toString())
            .put("region", settings.region())
            .put("speed", settings.speed())
            .put("version", Objects.requireNonNullElse(version, "development"))
            .put("refusesOtherUsers", Door.refusesOtherUsers())
            .put("iam", settings.iam());
    Path target = settings.stateDir().resolve("cloud.json");
    Path draft = settings.stateDir().resolve("cloud.json." + self.pid());
    Files.write(draft, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    return new StateFile(target);
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
