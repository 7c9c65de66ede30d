package io.pipelab.workflow.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.target.CloudJvm;
import io.pipelab.target.Folders;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.workflow.doctor.Finding.Status;
import io.pipelab.workflow.step.Artifacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProbesTest {
  @TempDir Path folder;

  @Test
  void aFileSystemThatTakesNoFileIsNotAFullOne() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "it is one of them");
    Path nowhere = Path.of("/proc/nohome/pipelab");
    Finding finding = new FoldersProbe(new Folders(nowhere, nowhere, nowhere)).look().get(0);
    assertEquals("folders", finding.id());
    assertTrue(finding.what().contains("cannot be written"), finding.what());
  }

  @Test
  void anOldJavaStopsAndAMissingMavenDoesNot() {
    List<Finding> findings =
        new ToolsProbe(Runtime.Version.parse("11"), folder, Map.of("PATH", folder.toString()))
            .look();
    assertEquals(List.of(Status.STOPS, Status.NOTE), statuses(findings));
  }

  @Test
  void aMavenOnThePathIsFound() throws IOException {
    Path maven = Files.createFile(folder.resolve("mvn"));
    assertTrue(maven.toFile().setExecutable(true));
    Finding finding =
        new ToolsProbe(Runtime.Version.parse("21"), folder, Map.of("PATH", "/no:" + folder))
            .look()
            .get(1);
    assertEquals(Status.OK, finding.status());
  }

  @Test
  void aFileInTheFoldersPlaceStops() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Folders folders = new Folders(file.resolve("state"), folder.resolve("cache"), folder);
    Finding finding = new FoldersProbe(folders).look().get(0);
    assertEquals(Status.STOPS, finding.status());
    assertTrue(finding.what().contains("because of " + file), finding.what());
    assertTrue(String.valueOf(finding.next()).contains("XDG_STATE_HOME"), finding.next());
  }

  @Test
  void foldersThatAreNotThereYetAreFine() {
    Folders folders = new Folders(folder.resolve("a/b"), folder.resolve("c"), folder);
    assertEquals(List.of(Status.OK), statuses(new FoldersProbe(folders).look()));
    assertTrue(Files.notExists(folder.resolve("a")));
  }

  @Test
  void saysWhoHasThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Finding finding = new PortProbe(cloud(), taken.getLocalPort()).look().get(0);
      assertEquals(Status.NOTE, finding.status());
      boolean linux = Files.isDirectory(Path.of("/proc/net"));
      String us = "process " + ProcessHandle.current().pid();
      assertTrue(!linux || finding.what().contains(us), finding.what());
    }
  }

  @Test
  void jarsThatWereNotBuiltStop() {
    Artifacts artifacts = new Artifacts(folder, folder, folder, folder);
    Lab lab = LabCatalog.in(Path.of("templates")).lab("decoupling");
    assertEquals(List.of(Status.STOPS), statuses(new BuildProbe(lab, artifacts, cloud()).look()));
  }

  private LocalCloudProcess cloud() {
    return new LocalCloudProcess(folder.resolve("local"), folder.resolve("cache"), new CloudJvm());
  }

  private static List<Status> statuses(List<Finding> findings) {
    return findings.stream().map(Finding::status).toList();
  }
}
