package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clouds that choose the same port at the same time both start. */
class CloudsAtOnceTest {
  @TempDir Path folder;

  /** In the cloud's place: it takes its port when both have chosen theirs. */
  static final class Late {
    public static void main(String[] args) throws Exception {
      List<String> given = List.of(args);
      Path state = Path.of(given.get(given.indexOf("--state-dir") + 1));
      int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
      Path both = state.resolveSibling("both");
      Files.createTempFile(both, "started", "");
      while (count(both) < 2) {
        Thread.sleep(5);
      }
      ServerSocket door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      ProcessHandle self = ProcessHandle.current();
      Files.writeString(
          state.resolve("cloud.json"),
          "{\"pid\": %d, \"startedAt\": \"%s\", \"endpoint\": \"http://127.0.0.1:%d\", \"region\": \"r\", \"speed\": 1}"
              .formatted(
                  self.pid(), self.info().startInstant().orElseThrow(), door.getLocalPort()));
      System.out.println("ready");
      System.out.flush();
      Files.createTempFile(both, "ready", "");
      while (true) {
        door.accept().close();
      }
    }

    private static long count(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.count();
      }
    }
  }

  @Test
  void bothStart() throws Exception {
    int wanted;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      wanted = socket.getLocalPort();
    }
    Files.createDirectories(folder.resolve("both"));
    Path jar = jar();
    List<CompletableFuture<CloudState>> starting = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Path state = Files.createDirectories(folder.resolve(name));
      new CloudPort(state).remember(wanted);
      CloudJvm jvm = new CloudJvm(jar.toString(), "io.pipelab.target.CloudsAtOnceTest$Late", "");
      LocalCloudProcess process = new LocalCloudProcess(state, folder.resolve("cache"), jvm);
      starting.add(
          CompletableFuture.supplyAsync(
              () ->
                  process.start(
                      new LocalCloudProcess.StartOptions(null, 1, "us-east-1"), line -> {})));
    }
    List<CloudState> clouds = new ArrayList<>();
    try {
      for (CompletableFuture<CloudState> each : starting) {
        clouds.add(each.get());
      }
      int one = clouds.get(0).endpoint().getPort();
      int two = clouds.get(1).endpoint().getPort();
      assertNotEquals(one, two);
      assertTrue(one == wanted || two == wanted, "one has it: " + one + ", " + two);
    } finally {
      clouds.forEach(
          cloud -> ProcessHandle.of(cloud.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("late.jar");
    String name = Late.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var code = Late.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
    }
    return jar;
  }
}
