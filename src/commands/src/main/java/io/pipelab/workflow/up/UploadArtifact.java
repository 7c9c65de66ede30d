package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Puts the code of functions into the artifact bucket, under its own hash, unless it is there. */
public final class UploadArtifact implements Step {
  public static final String BUCKET_OUTPUT = "${outputs.ArtifactBucketName}";

  private final Lab.ArtifactSpec artifact;
  private final Artifacts artifacts;
  private final Cloud cloud;
  private final Bindings bindings;

  public UploadArtifact(
      Lab.ArtifactSpec artifact, Artifacts artifacts, Cloud cloud, Bindings bindings) {
    this.artifact = artifact;
    this.artifacts = artifacts;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Upload " + artifact.id();
  }

  @Override
  public void run(Progress progress) {
    Path jar = artifacts.jar(artifact.jar());
    String bucket = bindings.references().resolve(BUCKET_OUTPUT);
    String key = put(cloud.clients().s3(), bucket, jar, artifact.id(), progress);
    bindings.add(references -> references.withArtifact(artifact.id(), bucket, key));
  }

  /** The name under which a jar is uploaded: its own hash. */
  public static String key(Path jar) {
    return "functions/" + sha256(jar) + ".jar";
  }

  /** Puts a jar where it belongs, unless it is there; returns its key. */
  public static String put(S3Client s3, String bucket, Path jar, String what, Progress progress) {
    String key = key(jar);
    if (!isThere(s3, bucket, key)) {
      s3.putObject(request -> request.bucket(bucket).key(key), jar);
      progress.note(what + " uploaded to s3://" + bucket + "/" + key);
    }
    return key;
  }

  private static boolean isThere(S3Client s3, String bucket, String key) {
    try {
      s3.headObject(request -> request.bucket(bucket).key(key));
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    } catch (S3Exception e) {
      // A HEAD has no body: some endpoints give the status and no code.
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
