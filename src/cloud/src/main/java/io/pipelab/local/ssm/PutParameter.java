package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.TagList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** PutParameter: a parameter, or a new version of one. */
final class PutParameter {
  private static final int MOST_VERSIONS = 100;
  private static final int STANDARD_BYTES = 4096;
  private static final int ADVANCED_BYTES = 8192;
  private static final String TEXT = "text";

  private final Parameters parameters;
  private final Ciphers ciphers;
  private final CloudClock clock;

  PutParameter(Parameters parameters, Ciphers ciphers, CloudClock clock) {
    this.parameters = parameters;
    this.ciphers = ciphers;
    this.clock = clock;
  }

  /**
   * Puts it. What a new version does not say stays as it was.
   *
   * @throws AwsError ParameterAlreadyExists without Overwrite; ValidationException and others for a
   *     request that AWS refuses
   */
  PutParameterResponse put(PutParameterRequest request, Caller caller) {
    String name = Objects.requireNonNull(request.name(), "Name");
    String value = Objects.requireNonNull(request.value(), "Value");
    boolean overwrite = Boolean.TRUE.equals(request.overwrite());
    Map<String, String> tags =
        TagList.read(request.tags(), Tag::key, Tag::value, "ValidationException");
    if (overwrite && !tags.isEmpty()) {
      throw Refusals.invalid(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    if (value.isEmpty()) {
      throw Refusals.invalid(
          "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member"
              + " must have length greater than or equal to 1.");
    }
    ParameterNames.check(name);
    StoredParameter stored =
        parameters.put(
            name,
            old -> {
              if (old != null && !overwrite) {
                throw AwsError.badRequest(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite"
                        + " option in the request to true.");
              }
              ParameterVersion next = version(request, old == null ? null : old.latest(), caller);
              return old == null
                  ? new StoredParameter(name, List.of(next), Map.of(), tags)
                  : old.withVersions(kept(old, next));
            });
    return PutParameterResponse.builder()
        .version(stored.latest().number())
        .tier(stored.latest().tier())
        .build();
  }

  private ParameterVersion version(
      PutParameterRequest request, @Nullable ParameterVersion before, Caller caller) {
    ParameterType type = type(request, before);
    String pattern =
        request.allowedPattern() != null || before == null
            ? request.allowedPattern()
            : before.allowedPattern();
    checkPattern(pattern, request.value());
    boolean secret = type == ParameterType.SECURE_STRING;
    return new ParameterVersion(
        before == null ? 1 : before.number() + 1,
        type,
        request.value(),
        secret ? ciphers.encrypt(request.value()) : null,
        secret ? Ciphers.keyId(request.keyId()) : noKey(request.keyId()),
        request.description() != null || before == null
            ? request.description()
            : before.description(),
        pattern,
        tier(request, before),
        dataType(request.dataType()),
        clock.now(),
        caller.arn());
  }

  private static ParameterType type(
      PutParameterRequest request, @Nullable ParameterVersion before) {
    if (request.type() == ParameterType.UNKNOWN_TO_SDK_VERSION) {
      throw Refusals.invalid(
          "1 validation error detected: Value '"
              + request.typeAsString()
              + "' at 'type' failed to satisfy constraint: Member must satisfy enum value set:"
              + " [SecureString, StringList, String]");
    }
    if (request.type() == null && before == null) {
      throw Refusals.invalid("A parameter type is required when you create a parameter.");
    }
    if (before != null && request.type() != null && request.type() != before.type()) {
      throw AwsError.badRequest(
          "HierarchyTypeMismatchException",
          "Parameter Store doesn't support changing a parameter type in a hierarchy.");
    }
    return before == null ? request.type() : before.type();
  }

  private static @Nullable String noKey(@Nullable String keyId) {
    if (keyId != null) {
      throw Refusals.invalid("KeyId is required for SecureString type parameter only.");
    }
    return null;
  }

  private static void checkPattern(@Nullable String pattern, String value) {
    if (pattern == null || pattern.isEmpty()) {
      return;
    }
    try {
      if (!Pattern.compile(pattern).matcher(value).find()) {
        throw AwsError.badRequest(
            "ParameterPatternMismatchException",
            "Parameter value, cannot be validated against allowedPattern: " + pattern);
      }
    } catch (PatternSyntaxException e) {
      throw AwsError.badRequest(
          "InvalidAllowedPatternException",
          "The request does not meet the regular expression requirement: " + pattern);
    }
  }

  private static ParameterTier tier(
      PutParameterRequest request, @Nullable ParameterVersion before) {
    ParameterTier asked = request.tier();
    if (asked == ParameterTier.UNKNOWN_TO_SDK_VERSION) {
      throw Refusals.invalid(
          "1 validation error detected: Value '"
              + request.tierAsString()
              + "' at 'tier' failed to satisfy constraint: Member must satisfy enum value set:"
              + " [Standard, Advanced, Intelligent-Tiering]");
    }
    int length = request.value().length();
    boolean advanced =
        asked == ParameterTier.ADVANCED
            || before != null && before.tier() == ParameterTier.ADVANCED
            || asked == ParameterTier.INTELLIGENT_TIERING && length > STANDARD_BYTES;
    if (length > (advanced ? ADVANCED_BYTES : STANDARD_BYTES)) {
      throw Refusals.invalid(
          advanced
              ? "Advanced tier parameters support a maximum parameter value of 8192 characters."
              : "Standard tier parameters support a maximum parameter value of 4096 characters. To"
                  + " create a larger parameter value, upgrade the parameter to use the"
                  + " advanced-parameter tier.");
    }
    return advanced ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
  }

  private static String dataType(@Nullable String given) {
    if (given == null || given.equals(TEXT)) {
      return TEXT;
    }
    if (given.equals("aws:ec2:image") || given.equals("aws:ssm:integration")) {
      throw AwsError.notImplemented("parameters of the data type " + given);
    }
    throw Refusals.invalid(
        "The following data type is not supported: "
            + given
            + " (Data type names are all lowercase.)");
  }

  /** A hundred versions stay; the oldest goes for a new one, unless it has a label. */
  private static List<ParameterVersion> kept(StoredParameter old, ParameterVersion next) {
    List<ParameterVersion> versions = new ArrayList<>(old.versions());
    if (versions.size() >= MOST_VERSIONS) {
      long oldest = old.oldest().number();
      if (!old.labelsOf(oldest).isEmpty()) {
        throw AwsError.badRequest(
            "ParameterMaxVersionLimitExceeded",
            "You attempted to create a new version of "
                + old.name()
                + " by calling the PutParameter API with the overwrite flag. Version "
                + oldest
                + ", the oldest version, can't be deleted because it has a label associated with"
                + " it. Move the label to another version of the parameter, and try again.");
      }
      versions.remove(0);
    }
    versions.add(next);
    return versions;
  }
}
