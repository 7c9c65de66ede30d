package io.pipelab.local.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/** One function with all that hangs on it. Guarded by its own monitor. */
final class LambdaFunction implements Tagged {
  /** A resource policy of one qualifier. */
  record PolicyState(String document, String revision) {}

  private final String name;
  private final String arn;
  private FunctionVersion latest;
  private final TreeMap<Integer, FunctionVersion> versions = new TreeMap<>();
  private int lastVersion;
  private String lastPublishedRevision = "";
  private final Map<String, AliasConfiguration> aliases = new TreeMap<>();
  private final Map<String, PolicyState> policies = new LinkedHashMap<>();
  private final Map<String, FunctionEventInvokeConfig> eventInvokeConfigs = new TreeMap<>();
  private final Map<String, FunctionUrl> urls = new TreeMap<>();
  private final Map<String, String> tags;
  private @Nullable Integer reservedConcurrency;
  private int running;
  private boolean deleted;

  /** Uses the version's code from now on. */
  LambdaFunction(String arn, FunctionVersion latest, Map<String, String> tags) {
    this.name = latest.configuration().functionName();
    this.arn = arn;
    this.latest = latest;
    this.tags = new TreeMap<>(tags);
    use(latest);
  }

  String name() {
    return name;
  }

  /** The ARN without a qualifier. */
  String arn() {
    return arn;
  }

  synchronized FunctionVersion latest() {
    return latest;
  }

  synchronized void replaceLatest(FunctionVersion version) {
    if (deleted) {
      throw Errors.notFound("Function not found: " + arn);
    }
    use(version);
    latest.code().release();
    latest = version;
  }

  private static void use(FunctionVersion version) {
    if (!version.code().retain()) {
      throw Errors.conflict("The function's code was replaced at the same time.");
    }
  }

  /** Lets go what it holds; nothing can be changed any more. */
  synchronized void delete() {
    if (!deleted) {
      deleted = true;
      latest.code().release();
      versions.values().forEach(version -> version.code().release());
      versions.clear();
    }
  }

  /** The version that a qualifier stands for: {@code $LATEST}, a number, or an alias. */
  synchronized FunctionVersion version(@Nullable String qualifier) {
    if (qualifier == null || qualifier.equals(FunctionName.LATEST)) {
      return latest;
    }
    AliasConfiguration alias = aliases.get(qualifier);
    String wanted = alias == null ? qualifier : alias.functionVersion();
    if (wanted.equals(FunctionName.LATEST)) {
      return latest;
    }
    FunctionVersion version =
        wanted.matches("\\d{1,9}") ? versions.get(Integer.valueOf(wanted)) : null;
    if (version == null) {
      throw Errors.notFound("Function not found: " + arn + ":" + qualifier);
    }
    return version;
  }

  /** All published versions in order, without {@code $LATEST}. */
  synchronized List<FunctionVersion> published() {
    return new ArrayList<>(versions.values());
  }

  /** The last version, when {@code $LATEST} has not changed since it was published. */
  synchronized @Nullable FunctionVersion unchangedVersion() {
    return versions.isEmpty() || !lastPublishedRevision.equals(latest.revision())
        ? null
        : versions.get(lastVersion);
  }

  /** Freezes {@code $LATEST} under the next number; numbers are never used twice. */
  synchronized FunctionVersion publish(@Nullable String description, String lastModified) {
    if (deleted) {
      throw Errors.notFound("Function not found: " + arn);
    }
    use(latest);
    int number = ++lastVersion;
    FunctionVersion version =
        new FunctionVersion(
            latest.configuration().toBuilder()
                .version(Integer.toString(number))
                .functionArn(arn + ":" + number)
                .description(
                    description == null ? latest.configuration().description() : description)
                .lastModified(lastModified)
                .revisionId(UUID.randomUUID().toString())
                .build(),
            latest.code());
    versions.put(number, version);
    lastPublishedRevision = latest.revision();
    return version;
  }

  /** Deletes a published version. */
  synchronized void deleteVersion(String qualifier) {
    FunctionVersion version = version(qualifier);
    for (AliasConfiguration alias : aliases.values()) {
      if (alias.functionVersion().equals(qualifier)) {
        throw Errors.conflict(
            "Version " + qualifier + " is referenced by alias " + alias.name() + ".");
      }
    }
    versions.remove(Integer.valueOf(qualifier));
    version.code().release();
    policies.remove(qualifier);
    eventInvokeConfigs.remove(qualifier);
  }

  synchronized Map<String, AliasConfiguration> aliases() {
    return new TreeMap<>(aliases);
  }

  synchronized AliasConfiguration alias(String alias) {
    AliasConfiguration found = aliases.get(alias);
    if (found == null) {
      throw Errors.notFound("Cannot find alias arn: " + arn + ":" + alias);
    }
    return found;
  }

  synchronized void putAlias(AliasConfiguration alias) {
    aliases.put(alias.name(), alias);
  }

  synchronized void deleteAlias(String alias) {
    aliases.remove(alias);
    urls.remove(alias);
    policies.remove(alias);
    eventInvokeConfigs.remove(alias);
  }

  /** The resource policy of a qualifier, or null when it has none. */
  synchronized @Nullable PolicyState policy(@Nullable String qualifier) {
    return policies.get(key(qualifier));
  }

  synchronized void setPolicy(@Nullable String qualifier, @Nullable String document) {
    if (document == null) {
      policies.remove(key(qualifier));
    } else {
      policies.put(key(qualifier), new PolicyState(document, UUID.randomUUID().toString()));
    }
  }

  synchronized @Nullable FunctionEventInvokeConfig eventInvokeConfig(@Nullable String qualifier) {
    return eventInvokeConfigs.get(key(qualifier));
  }

  synchronized List<FunctionEventInvokeConfig> eventInvokeConfigs() {
    return new ArrayList<>(eventInvokeConfigs.values());
  }

  synchronized void setEventInvokeConfig(
      @Nullable String qualifier, @Nullable FunctionEventInvokeConfig config) {
    if (config == null) {
      eventInvokeConfigs.remove(key(qualifier));
    } else {
      eventInvokeConfigs.put(key(qualifier), config);
    }
  }

  /** The URL of {@code $LATEST} or of an alias, or null when it has none. */
  synchronized @Nullable FunctionUrl url(@Nullable String qualifier) {
    return urls.get(key(qualifier));
  }

  synchronized List<FunctionUrl> urls() {
    return new ArrayList<>(urls.values());
  }

  synchronized void setUrl(@Nullable String qualifier, @Nullable FunctionUrl url) {
    if (url == null) {
      urls.remove(key(qualifier));
    } else {
      urls.put(key(qualifier), url);
    }
  }

  private static String key(@Nullable String qualifier) {
    return qualifier == null ? FunctionName.LATEST : qualifier;
  }

  @Override
  public synchronized Map<String, String> tags() {
    return new TreeMap<>(tags);
  }

  @Override
  public synchronized void tag(Map<String, String> more) {
    tags.putAll(more);
  }

  @Override
  public synchronized void untag(List<String> keys) {
    keys.forEach(tags::remove);
  }

  synchronized @Nullable Integer reservedConcurrency() {
    return reservedConcurrency;
  }

  synchronized void reserveConcurrency(@Nullable Integer reserved) {
    reservedConcurrency = reserved;
  }

  /** Counts one more running invocation; 0 when the reserved concurrency is used up. */
  synchronized int enter() {
    if (reservedConcurrency != null && running >= reservedConcurrency) {
      return 0;
    }
    return ++running;
  }

  synchronized void leave() {
    running--;
  }
}
