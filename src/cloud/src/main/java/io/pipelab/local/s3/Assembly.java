package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Makes one object of the parts of an upload. */
final class Assembly {
  private static final long SMALLEST_PART = 5L << 20;

  private Assembly() {}

  /**
   * The object of the listed parts.
   *
   * @throws AwsError MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall
   */
  static StoredObject of(
      MultipartUpload upload, @Nullable CompletedMultipartUpload listed, Blobs blobs) {
    return assemble(upload, chosen(upload, listed), blobs);
  }

  private static List<UploadedPart> chosen(
      MultipartUpload upload, @Nullable CompletedMultipartUpload listed) {
    if (listed == null || listed.parts().isEmpty()) {
      throw AwsError.badRequest(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    List<UploadedPart> parts = new ArrayList<>();
    int before = 0;
    for (CompletedPart each : listed.parts()) {
      if (each.partNumber() <= before) {
        throw AwsError.badRequest(
            "InvalidPartOrder", "The list of parts was not in ascending order.");
      }
      before = each.partNumber();
      UploadedPart part = upload.parts().get(each.partNumber());
      if (part == null || !part.blob().md5().equals(each.eTag().replace("\"", ""))) {
        throw AwsError.badRequest(
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");
      }
      parts.add(part);
    }
    for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
      if (part.blob().size() < SMALLEST_PART) {
        throw AwsError.badRequest(
                "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
            .with("ProposedSize", Long.toString(part.blob().size()))
            .with("MinSizeAllowed", Long.toString(SMALLEST_PART))
            .with("PartNumber", Integer.toString(part.number()))
            .with("ETag", part.blob().md5());
      }
    }
    return parts;
  }

  private static StoredObject assemble(
      MultipartUpload upload, List<UploadedPart> parts, Blobs blobs) {
    Digests digests = Digests.of(upload.algorithm());
    try {
      Blob blob = blobs.concat(parts.stream().map(UploadedPart::blob).toList(), digests);
      ObjectChecksum checksum =
          upload.checksumType() == ChecksumType.COMPOSITE
              ? composite(upload.algorithm(), parts)
              : new ObjectChecksum(
                  upload.algorithm(), digests.checksum(), ChecksumType.FULL_OBJECT);
      return new StoredObject(blob, etag(parts), upload.headers(), checksum, parts, upload.tags());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checksum of the parts' checksums. */
  private static ObjectChecksum composite(ChecksumAlgorithm algorithm, List<UploadedPart> parts) {
    Digests digests = Digests.of(algorithm);
    for (UploadedPart part : parts) {
      byte[] value = Base64.getDecoder().decode(part.checksum().value());
      digests.update(value, value.length);
    }
    return new ObjectChecksum(
        algorithm, digests.checksum() + "-" + parts.size(), ChecksumType.COMPOSITE);
  }

  /** The MD5 of the parts' MD5s, and their number. */
  private static String etag(List<UploadedPart> parts) {
    Digests digests = Digests.of(ChecksumAlgorithm.CRC32);
    for (UploadedPart part : parts) {
      byte[] md5 = HexFormat.of().parseHex(part.blob().md5());
      digests.update(md5, md5.length);
    }
    return digests.md5Hex() + "-" + parts.size();
  }
}
