package io.pipelab.workflow.doctor;

import io.pipelab.target.LocalCloudProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * The port on which other tools expect a local cloud, when the embedded cloud is not running yet.
 */
public final class PortProbe implements Probe {
  private final LocalCloudProcess cloud;
  private final int port;

  public PortProbe(LocalCloudProcess cloud, int port) {
    this.cloud = cloud;
    this.port = port;
  }

  @Override
  public List<Finding> look() {
    if (cloud.look().running() != null) {
      return List.of();
    }
    if (free()) {
      return List.of(Finding.ok("port", "port " + port + " is free for the embedded cloud"));
    }
    String owner = PortOwner.of(port).map(PortProbe::name).orElse("another program");
    return List.of(
        Finding.note(
            "port",
            "port " + port + " is taken by " + owner + ": the embedded cloud will take another",
            "nothing for pipelab; other tools find it by 'pipelab local status'"));
  }

  private static String name(ProcessHandle process) {
    String command =
        process.info().command().map(c -> String.valueOf(Path.of(c).getFileName())).orElse("?");
    return command + " (process " + process.pid() + ")";
  }

  private boolean free() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
