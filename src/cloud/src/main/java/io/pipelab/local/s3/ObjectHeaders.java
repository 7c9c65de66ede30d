package io.pipelab.local.s3;

import io.pipelab.local.wire.SameMembers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * The headers that an object keeps and gives back.
 *
 * @param user those of {@code x-amz-meta-}, by the name behind it
 */
record ObjectHeaders(
    String contentType,
    @Nullable String cacheControl,
    @Nullable String contentDisposition,
    @Nullable String contentEncoding,
    @Nullable String contentLanguage,
    @Nullable Instant expires,
    @Nullable String websiteRedirectLocation,
    String storageClass,
    Map<String, String> user) {

  static ObjectHeaders of(PutObjectRequest r) {
    return new ObjectHeaders(
        orOctets(r.contentType()),
        r.cacheControl(),
        r.contentDisposition(),
        withoutChunked(r.contentEncoding()),
        r.contentLanguage(),
        r.expires(),
        r.websiteRedirectLocation(),
        orStandard(r.storageClassAsString()),
        Map.copyOf(r.metadata()));
  }

  static ObjectHeaders of(CreateMultipartUploadRequest r) {
    return of(SameMembers.copy(r, PutObjectRequest.builder()).build());
  }

  /** The headers of a copy whose metadata are replaced. */
  static ObjectHeaders of(CopyObjectRequest r) {
    return of(SameMembers.copy(r, PutObjectRequest.builder()).build());
  }

  /** The headers of a copy that keeps its metadata; where a website sends to is never copied. */
  ObjectHeaders ofCopy(@Nullable String redirectLocation, @Nullable String storageClassGiven) {
    return new ObjectHeaders(
        contentType,
        cacheControl,
        contentDisposition,
        contentEncoding,
        contentLanguage,
        expires,
        redirectLocation,
        orStandard(storageClassGiven),
        user);
  }

  /** As the header has it: absent for the standard class. */
  @Nullable String storageClassHeader() {
    return storageClass.equals(StorageClass.STANDARD.toString()) ? null : storageClass;
  }

  private static String orOctets(@Nullable String type) {
    return type == null || type.isEmpty() ? "binary/octet-stream" : type;
  }

  private static String orStandard(@Nullable String given) {
    return given == null ? StorageClass.STANDARD.toString() : given;
  }

  /** {@code aws-chunked} is of the transfer, not of the object. */
  private static @Nullable String withoutChunked(@Nullable String encoding) {
    if (encoding == null) {
      return null;
    }
    String rest =
        String.join(
            ",",
            Arrays.stream(encoding.split("\\s*,\\s*"))
                .filter(each -> !each.isEmpty() && !each.equals("aws-chunked"))
                .toList());
    return rest.isEmpty() ? null : rest;
  }
}
