package io.pipelab.workflow.byname;

import io.pipelab.lab.References;
import io.pipelab.target.AwsClients;

/** Where parts are looked for: one account in one region. */
record Search(AwsClients clients, References references) {
  /** An ARN of this account and region: {@code arn("logs", "log-group:NAME")}. */
  String arn(String service, String resource) {
    return references.resolve("arn:${partition}:" + service + ":${region}:${account}:" + resource);
  }

  /** An ARN of a bucket, which names neither. */
  String bucketArn(String bucket) {
    return references.resolve("arn:${partition}:s3:::" + bucket);
  }
}
