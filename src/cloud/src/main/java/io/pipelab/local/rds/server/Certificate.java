package io.pipelab.local.rds.server;

import io.pipelab.local.kernel.ChildProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A key and a certificate for the servers of this machine. A server without them makes its own at
 * each start, which takes a busy machine a minute.
 */
final class Certificate {
  private static final String PASSWORD_VARIABLE = "PIPELAB_STORE_PASSWORD";
  private static final String NAME = "database";

  private Certificate() {}

  /**
   * Writes {@code key.pem} and {@code cert.pem} into a folder that only the cloud's user can enter.
   *
   * @throws ServerFailure when the JDK's keytool does not
   */
  static void write(ChildProcesses processes, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path store = folder.resolve("store");
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            NAME,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-validity",
            "3650",
            "-dname",
            "CN=pipelab embedded database",
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:env",
            PASSWORD_VARIABLE);
    Child keytool =
        Child.start(processes, command, Map.of(PASSWORD_VARIABLE, password), folder, NAME);
    int code = keytool.await();
    if (code != 0) {
      throw new ServerFailure("keytool made no certificate: " + keytool.lastLines());
    }
    try (InputStream stream = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, password.toCharArray());
      byte[] key = keys.getKey(NAME, password.toCharArray()).getEncoded();
      pem(folder.resolve("key.pem"), "PRIVATE KEY", key);
      pem(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(NAME).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool's store cannot be read", e);
    }
    Files.delete(store);
  }

  private static void pem(Path file, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
  }
}
