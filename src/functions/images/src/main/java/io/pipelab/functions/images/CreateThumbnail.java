package io.pipelab.functions.images;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lambda handler: makes a thumbnail, {@code thumbnail/Thumbnail-NAME}, of each new picture. */
public final class CreateThumbnail implements RequestStreamHandler {
  static final Format FORMAT = new Format("thumbnail/", "Thumbnail-");
  static final Box USUAL_SIZE = new Box(128, 128);

  private final PictureQueue pictures = PictureQueue.onLambda(FORMAT, USUAL_SIZE);

  /** Reads an SQS event and answers which of its messages failed. */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    pictures.handle(event, answer, context.getLogger());
  }
}
