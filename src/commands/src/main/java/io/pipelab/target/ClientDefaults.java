package io.pipelab.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** What every SDK client of one connection has in common. */
final class ClientDefaults {
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Duration NEAR_CONNECT_TIME = Duration.ofSeconds(2);
  private static final Duration NEAR_ANSWER_TIME = Duration.ofSeconds(60);
  private static final Duration FAR_ANSWER_TIME = Duration.ofSeconds(90);

  /** The longest timeout of a function, 15 minutes, and what Lambda needs around it. */
  private static final Duration INVOCATION_TIME = Duration.ofMinutes(16);

  private final Connection connection;
  private final String version;
  private final ClientOverrideConfiguration overrides;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;

  ClientDefaults(Connection connection, String version) {
    this(
        connection,
        version,
        connection.loopback() ? NEAR_ANSWER_TIME : FAR_ANSWER_TIME,
        connection.loopback() ? 3 : 6);
  }

  private ClientDefaults(Connection connection, String version, Duration answerTime, int attempts) {
    this.connection = connection;
    this.version = version;
    this.credentials = credentials(connection);
    this.http = http(connection, answerTime);
    this.overrides = overrides(connection, version, attempts);
  }

  /** The same, for calls that take as long as a function runs: a second try would run it twice. */
  static ClientDefaults forInvocations(ClientDefaults usual) {
    return new ClientDefaults(usual.connection, usual.version, INVOCATION_TIME, 1);
  }

  /**
   * Configures a client's builder.
   *
   * @param prefix the service's endpoint prefix, as in {@code monitoring.us-east-1.amazonaws.com}
   */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B applyTo(
      B builder, String prefix) {
    builder.credentialsProvider(credentials).httpClient(http).overrideConfiguration(overrides);
    String region = region();
    if (region != null) {
      builder.region(Region.of(region));
    }
    URI endpoint = connection.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    } else if (connection.ignoreEndpointVariable()) {
      builder.endpointOverride(awsEndpoint(prefix, region));
    }
    return builder;
  }

  /** Said explicitly, because the SDK would otherwise follow {@code AWS_ENDPOINT_URL}. */
  private static URI awsEndpoint(String prefix, @Nullable String region) {
    Region chosen =
        region == null
            ? DefaultAwsRegionProviderChain.builder().build().getRegion()
            : Region.of(region);
    return URI.create("https://" + ServiceMetadata.of(prefix).endpointFor(chosen));
  }

  /** Whether real AWS answers. */
  boolean isAws() {
    return connection.endpoint() == null;
  }

  void close() {
    http.close();
  }

  private @Nullable String region() {
    boolean chain = connection.endpoint() == null;
    return connection.region() == null && !chain ? DEFAULT_REGION : connection.region();
  }

  private static ClientOverrideConfiguration overrides(
      Connection connection, String version, int attempts) {
    ClientOverrideConfiguration.Builder builder =
        ClientOverrideConfiguration.builder()
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "pipelab/" + version)
            .addExecutionInterceptor(new RefuseWebPages())
            .retryStrategy(retries -> retries.maxAttempts(attempts));
    if (connection.embedded()) {
      // Whatever the user's AWS files say, it is not meant for the embedded cloud.
      ProfileFile none = ProfileFile.aggregator().build();
      builder.defaultProfileFileSupplier(() -> none);
    } else if (connection.profile() != null) {
      builder.defaultProfileName(connection.profile());
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(Connection connection) {
    if (connection.embedded()) {
      return fixed("pipelab");
    }
    if (connection.profile() != null) {
      return ProfileCredentialsProvider.create(connection.profile());
    }
    if (!connection.loopback()) {
      return DefaultCredentialsProvider.builder().build();
    }
    // Without the chain's last links: asking for an instance's role takes seconds to fail.
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        fixed("test"));
  }

  private static AwsCredentialsProvider fixed(String word) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(word, word));
  }

  private static SdkHttpClient http(Connection connection, Duration answerTime) {
    URI endpoint = connection.endpoint();
    if (connection.loopback() && endpoint != null && "http".equals(endpoint.getScheme())) {
      if (!connection.embedded()) {
        // The SDK's own factory reads the machine's certificates: a quarter of a start.
        return UrlConnectionHttpClient.create(uri -> connectPlainly(uri, answerTime));
      }
      SdkHttpClient plain = new LoopbackHttp(NEAR_CONNECT_TIME, answerTime);
      CloudState cloud = connection.cloud();
      return cloud == null ? plain : new EmbeddedCloudHttp(plain, cloud);
    }
    boolean near = connection.loopback();
    UrlConnectionHttpClient.Builder builder =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(near ? NEAR_CONNECT_TIME : Duration.ofSeconds(10))
            .socketTimeout(answerTime);
    if (near) {
      builder.proxyConfiguration(
          ProxyConfiguration.builder()
              .useSystemPropertyValues(false)
              .useEnvironmentVariablesValues(false)
              .build());
    }
    return builder.build();
  }

  private static HttpURLConnection connectPlainly(URI uri, Duration answerTime) {
    try {
      HttpURLConnection http = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      http.setConnectTimeout((int) NEAR_CONNECT_TIME.toMillis());
      http.setReadTimeout((int) answerTime.toMillis());
      http.setUseCaches(false);
      return http;
    } catch (IOException e) {
      throw new UncheckedIOException("no connection can be made of " + uri, e);
    }
  }
}
