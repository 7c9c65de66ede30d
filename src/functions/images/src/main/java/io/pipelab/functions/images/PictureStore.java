package io.pipelab.functions.images;

import io.pipelab.functions.images.PictureMessage.Picture;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Pictures in S3. */
class PictureStore {
  /** A picture of 50 megapixels in the best quality is smaller. */
  static final int MOST_BYTES = 40_000_000;

  private final S3Client s3;

  PictureStore(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * A picture's file.
   *
   * @throws UnreadablePicture when it is too large to be taken into memory
   * @throws software.amazon.awssdk.core.exception.SdkException when it is not there, or cannot be
   *     read
   */
  byte[] read(Picture picture) throws UnreadablePicture {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(get -> get.bucket(picture.bucket()).key(picture.key()))) {
      if (object.response().contentLength() > MOST_BYTES) {
        long bytes = object.response().contentLength();
        object.abort();
        throw new UnreadablePicture(
            "it has " + bytes + " bytes, more than " + MOST_BYTES / 1_000_000 + " MB");
      }
      return object.readAllBytes();
    } catch (IOException e) {
      throw SdkClientException.create("reading broke off: " + e.getMessage(), e);
    }
  }

  /** Stores a JPEG file. */
  void write(Picture picture, byte[] jpeg) {
    s3.putObject(
        put -> put.bucket(picture.bucket()).key(picture.key()).contentType("image/jpeg"),
        RequestBody.fromBytes(jpeg));
  }
}
