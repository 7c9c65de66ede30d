package io.pipelab.functions.images;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lambda handler: makes a picture for phones, {@code mobile/MobileImage-NAME}, of each new one. */
public final class CreateMobileImage implements RequestStreamHandler {
  static final Format FORMAT = new Format("mobile/", "MobileImage-");
  static final Box USUAL_SIZE = new Box(640, 320);

  private final PictureQueue pictures = PictureQueue.onLambda(FORMAT, USUAL_SIZE);

  /** Reads an SQS event and answers which of its messages failed. */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    pictures.handle(event, answer, context.getLogger());
  }
}
