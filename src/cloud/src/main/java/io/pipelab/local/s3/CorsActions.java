package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketCorsResponse;

/** The actions on a bucket's CORS configuration, which {@link CorsRules} carries out. */
final class CorsActions {
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
  private static final int MOST_RULES = 100;

  private final Buckets buckets;

  CorsActions(Buckets buckets) {
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(GetBucketCorsRequest.class, this::get)
        .on(PutBucketCorsRequest.class, this::put)
        .on(DeleteBucketCorsRequest.class, this::delete);
  }

  private GetBucketCorsResponse get(GetBucketCorsRequest request) {
    return buckets
        .get(request.bucket())
        .configuration(CORSConfiguration.class)
        .map(cors -> GetBucketCorsResponse.builder().corsRules(cors.corsRules()).build())
        .orElseThrow(
            () ->
                AwsError.notFound(
                    "NoSuchCORSConfiguration", "The CORS configuration does not exist"));
  }

  private PutBucketCorsResponse put(PutBucketCorsRequest request) {
    Bucket bucket = buckets.get(request.bucket());
    if (request.corsConfiguration() == null) {
      throw malformed();
    }
    set(bucket, request.corsConfiguration());
    return PutBucketCorsResponse.builder().build();
  }

  private DeleteBucketCorsResponse delete(DeleteBucketCorsRequest request) {
    buckets.get(request.bucket()).unconfigure(CORSConfiguration.class);
    return DeleteBucketCorsResponse.builder().build();
  }

  /**
   * Configures a bucket.
   *
   * @throws AwsError MalformedXML, InvalidRequest
   */
  static void set(Bucket bucket, CORSConfiguration cors) {
    if (cors.corsRules().isEmpty() || cors.corsRules().size() > MOST_RULES) {
      throw malformed();
    }
    cors.corsRules().forEach(CorsActions::check);
    bucket.configure(cors);
  }

  private static void check(CORSRule rule) {
    if (rule.allowedMethods().isEmpty() || rule.allowedOrigins().isEmpty()) {
      throw malformed();
    }
    for (String method : rule.allowedMethods()) {
      if (!METHODS.contains(method)) {
        throw AwsError.badRequest(
            "InvalidRequest",
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
      }
    }
    oneWildcard("AllowedOrigin", rule.allowedOrigins());
    oneWildcard("AllowedHeader", rule.allowedHeaders());
  }

  private static void oneWildcard(String member, List<String> values) {
    for (String value : values) {
      if (value.indexOf('*') != value.lastIndexOf('*')) {
        throw AwsError.badRequest(
            "InvalidRequest", member + " \"" + value + "\" can not have more than one wildcard.");
      }
    }
  }

  private static AwsError malformed() {
    return AwsError.badRequest(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }
}
