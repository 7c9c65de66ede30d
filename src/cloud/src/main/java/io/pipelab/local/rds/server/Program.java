package io.pipelab.local.rds.server;

import java.nio.file.Path;

/**
 * MariaDB's server, unpacked, and data to begin with.
 *
 * @param base the folder that has {@code bin/mariadbd}
 * @param data a data folder as a new server has it; to be copied, never used
 * @param tls the folder of the key and the certificate that servers show
 */
record Program(Path base, Path data, Path tls) {
  Path server() {
    return base.resolve("bin").resolve("mariadbd");
  }
}
