package io.pipelab.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which port the embedded cloud takes: the one that was asked for and no other, else the one that
 * it had, else the usual one, else any.
 */
final class CloudPort {
  private static final String FILE = "cloud.port";

  private final Path file;

  CloudPort(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /**
   * Chooses.
   *
   * @param asked null when nobody asked for one; 0 for any
   * @throws Failure of kind USAGE when the port that was asked for is taken
   */
  int choose(@Nullable Integer asked, Consumer<String> say) throws IOException {
    if (asked != null) {
      if (asked != 0 && !isFree(asked)) {
        throw Failure.usage(
            "port " + asked + " is taken, and --port asks for no other",
            "end the program that has it, name another port, or leave --port out");
      }
      return asked;
    }
    int usual = LocalCloudProcess.DEFAULT_PORT;
    int before = remembered(usual);
    if (isFree(before)) {
      return before;
    }
    boolean back = before != usual && isFree(usual);
    say.accept(
        "port %d is taken: the embedded cloud takes %s"
            .formatted(before, back ? String.valueOf(usual) : "another"));
    return back ? usual : 0;
  }

  /** Keeps the port for the next start. */
  void remember(int port) throws IOException {
    PrivateFiles.write(file, String.valueOf(port).getBytes(StandardCharsets.US_ASCII));
  }

  private int remembered(int otherwise) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
    } catch (NoSuchFileException e) {
      return otherwise;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
