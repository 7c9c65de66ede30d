package io.pipelab;

import java.util.Set;

/** The lab {@code job-offers}, made with Terraform: driven, judged, and done wrong. */
final class OffersByHand {
  private static final String[] AS_BUILT = {
    "--step",
    "queues",
    "--step",
    "permission",
    "--step",
    "notification",
    "--step",
    "trigger",
    "--step",
    "table",
    "--step",
    "api",
    "--within",
    "1s"
  };

  private OffersByHand() {}

  static void check(LabCopy lab) {
    lab.run(0, "upload");
    lab.run(0, "call", "GET", "/v1/health");
    lab.verify(0)
        .nothingFailedBefore("deploy-function", "ci")
        .passed("bucket", "permission", "notification", "table", "api", "uploaded", "queued")
        .passed("stored", "api-read", "api-write", "access-log")
        .advises("roles", "may also ")
        .advises("trigger", "at most unlimited at once");

    String function = lab.prefix() + "s3_to_sqs_lambda";
    lab.aws
        .lambda()
        .removePermission(
            remove -> remove.functionName(function).statementId("AllowExecutionFromS3Bucket"));
    lab.aws.dynamoDb().deleteTable(delete -> delete.tableName(lab.prefix() + "job-offers"));
    lab.verify(1, AS_BUILT)
        .failedOnly(Set.of("permission", "table"))
        .saw("permission", "lets in nobody")
        .saw("table", "no table named " + lab.prefix() + "job-offers");
  }
}
