package io.pipelab.local.rds.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a server is started: small, silent, and with no way in but its socket. */
final class ServerOptions {
  /** What a data folder is made with, and must be opened with again. */
  static final List<String> STORAGE =
      List.of(
          "--innodb-data-file-path=ibdata1:4M:autoextend",
          "--innodb-autoextend-increment=4",
          "--innodb-temp-data-file-path=ibtmp1:2M:autoextend",
          "--innodb-log-file-size=8M",
          "--innodb-undo-tablespaces=0",
          "--innodb-buffer-pool-size=24M",
          "--innodb-log-buffer-size=2M");

  private static final List<String> SMALL =
      List.of(
          "--performance-schema=OFF",
          "--key-buffer-size=1M",
          "--aria-pagecache-buffer-size=1M",
          "--query-cache-type=0",
          "--query-cache-size=0",
          "--table-open-cache=200",
          "--table-definition-cache=400",
          "--thread-cache-size=4",
          // Each commit is handed to the system, so that a killed server loses none; the disk
          // itself need not outlive the cloud.
          "--innodb-flush-log-at-trx-commit=2");

  private static final List<String> CLOSED =
      List.of("--skip-networking", "--skip-name-resolve", "--skip-symbolic-links");

  private ServerOptions() {}

  /** A server is not root by accident. */
  static List<String> user() {
    return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
  }

  /**
   * The command line of a server; no secret is in it.
   *
   * @param folder of the instance: its data, and the folders that SQL may name files in
   * @param startup statements that are carried out before anybody is let in
   */
  static List<String> command(
      Program program, Path folder, Path socket, Path startup, int connections) {
    List<String> command = new ArrayList<>();
    command.add(program.server().toString());
    command.add("--no-defaults");
    command.add("--basedir=" + program.base());
    command.add("--datadir=" + folder.resolve("data"));
    command.add("--tmpdir=" + folder.resolve("tmp"));
    command.add("--secure-file-priv=" + folder.resolve("tmp"));
    command.add("--plugin-dir=" + folder.resolve("plugins"));
    command.add("--pid-file=" + folder.resolve("pid"));
    command.add("--socket=" + socket);
    command.add("--init-file=" + startup);
    command.add("--max-connections=" + connections);
    command.add("--ssl-key=" + program.tls().resolve("key.pem"));
    command.add("--ssl-cert=" + program.tls().resolve("cert.pem"));
    command.add("--character-set-server=utf8mb4");
    command.addAll(user());
    command.addAll(CLOSED);
    command.addAll(STORAGE);
    command.addAll(SMALL);
    return command;
  }
}
