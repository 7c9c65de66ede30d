package io.pipelab.target;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether an embedded cloud whose process is there still answers: a process that is stopped, or
 * busy to death, keeps its port and says nothing.
 */
final class CloudPulse {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(2);

  /** A cloud that works answers this in milliseconds, on the busiest machine in a second or two. */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(8);

  private final CloudState cloud;
  private final Duration answerTime;

  CloudPulse(CloudState cloud) {
    this(cloud, ANSWER_TIME);
  }

  CloudPulse(CloudState cloud, Duration answerTime) {
    this.cloud = cloud;
    this.answerTime = answerTime;
  }

  /** Whether somebody listens at its port; false when the system refuses the connection. */
  boolean listens() {
    try (Socket socket = connect()) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      // A full queue of connections that nobody takes is not a refusal.
      return true;
    }
  }

  /** Why no command can use the cloud; empty when it answers, whatever it says. */
  Optional<Failure> trouble() {
    if (LinuxProcess.isStopped(cloud.pid())) {
      return Optional.of(silent());
    }
    try (Socket socket = connect()) {
      socket.setSoTimeout((int) answerTime.toMillis());
      String request =
          "GET / HTTP/1.1\r\nHost: "
              + cloud.endpoint().getAuthority()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() < 0 ? Optional.of(silent()) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(cloud.alive() && listens() ? silent() : CloudEnd.duringUse(cloud));
    }
  }

  private Failure silent() {
    boolean stopped = LinuxProcess.isStopped(cloud.pid());
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud at " + cloud.endpoint() + " does not answer",
        stopped
            ? "its process " + cloud.pid() + " is stopped, as by Ctrl-Z or kill -STOP"
            : "its process %d is there, but said nothing for %d s"
                .formatted(cloud.pid(), answerTime.toSeconds()),
        stopped
            ? "'kill -CONT " + cloud.pid() + "' lets it go on"
            : "'pipelab local reset' starts an empty one; its log is " + cloud.log());
  }

  private Socket connect() throws IOException {
    URI endpoint = cloud.endpoint();
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(endpoint.getHost(), endpoint.getPort()),
          (int) CONNECT_TIME.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
