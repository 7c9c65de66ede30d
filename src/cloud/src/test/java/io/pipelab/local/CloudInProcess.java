package io.pipelab.local;

import io.pipelab.local.kernel.AwsService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The whole embedded cloud inside a test, on an ephemeral port. */
public final class CloudInProcess implements AutoCloseable {
  /** Kept from one run of the tests to the next: what is in it takes seconds to make. */
  private static final Path CACHE = Path.of("target", "test-cache").toAbsolutePath();

  private final DataFolder data;
  private final LocalCloud cloud;

  private CloudInProcess(DataFolder data, LocalCloud cloud) {
    this.data = data;
    this.cloud = cloud;
  }

  /**
   * Starts it.
   *
   * @param folder where its data are while it runs
   */
  public static CloudInProcess start(Path folder) throws IOException {
    DataFolder data = DataFolder.create(folder);
    return new CloudInProcess(data, LocalCloud.start(settings(folder), data.path()));
  }

  /** How a test's cloud is started. */
  static Settings settings(Path folder) {
    return new Settings(0, 20, "us-east-1", folder, CACHE, true);
  }

  public URI endpoint() {
    return cloud.endpoint();
  }

  List<AwsService> services() {
    return cloud.services();
  }

  @Override
  public void close() {
    try (data;
        cloud) {
      // closing is all
    }
  }
}
