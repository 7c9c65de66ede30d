package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud that runs out of memory ends at once, and the next command can tell why. */
class CloudMemoryTest {
  @TempDir Path folder;

  /** In the cloud's place: it is ready, then somebody asks too much of one of its threads. */
  static final class Hungry {
    public static void main(String[] args) throws Exception {
      int folder = List.of(args).indexOf("--state-dir") + 1;
      Path state = Path.of(args[folder]).resolve("cloud.json");
      ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      ProcessHandle self = ProcessHandle.current();
      Files.writeString(
          state,
          "{\"pid\": %d, \"startedAt\": \"%s\", \"endpoint\": \"http://127.0.0.1:%d\", \"region\": \"r\", \"speed\": 1}"
              .formatted(
                  self.pid(), self.info().startInstant().orElseThrow(), door.getLocalPort()));
      System.out.println("ready");
      System.out.flush();
      Thread eater = new Thread(() -> eat(door), "eater");
      eater.start();
      eater.join();
      door.accept(); // without the flag this half of a cloud goes on for ever
    }

    private static void eat(ServerSocket door) {
      try {
        door.accept();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      byte[][] all = new byte[100_000][];
      for (int i = 0; i < all.length; i++) {
        all[i] = new byte[1 << 20];
      }
    }
  }

  @Test
  void itEndsAtOnceAndSaysWhy() throws Exception {
    CloudJvm jvm =
        new CloudJvm(hungry().toString(), "io.pipelab.target.CloudMemoryTest$Hungry", "");
    LocalCloudProcess process = new LocalCloudProcess(folder, folder.resolve("cache"), jvm);
    CloudState cloud =
        process.start(new LocalCloudProcess.StartOptions(0, 1, "us-east-1"), line -> {});
    ProcessHandle handle = ProcessHandle.of(cloud.pid()).orElseThrow();
    try {
      assertTrue(new CloudPulse(cloud).listens()); // which is the meal
      while (cloud.alive()) {
        Thread.sleep(20);
      }
      CloudState gone = process.look().gone();
      assertNotNull(gone);
      assertTrue(CloudEnd.text(gone).contains("because it ran out of memory"));
    } finally {
      handle.destroyForcibly();
    }
  }

  @Test
  void theHeapFollowsTheMachineWithinBounds() {
    long mib = 1024 * 1024;
    assertEquals(320 * mib, CloudJvm.heap(512 * mib));
    assertEquals(512 * mib, CloudJvm.heap(2048 * mib));
    assertEquals(1024 * mib, CloudJvm.heap(64 * 1024 * mib));
  }

  private Path hungry() throws IOException {
    Path jar = folder.resolve("hungry.jar");
    String name = Hungry.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var code = Hungry.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
    }
    return jar;
  }
}
