package io.pipelab.local.rds;

import io.pipelab.local.kernel.AwsError;

/** RDS's refusals, in its words. */
final class RdsErrors {
  private RdsErrors() {}

  static AwsError value(String message) {
    return AwsError.badRequest("InvalidParameterValue", message);
  }

  static AwsError combination(String message) {
    return AwsError.badRequest("InvalidParameterCombination", message);
  }

  static AwsError missing(String parameter) {
    return value("The parameter " + parameter + " must be provided and must not be blank.");
  }

  static AwsError instanceNotFound(String id) {
    return AwsError.notFound("DBInstanceNotFound", "DBInstance " + id + " not found.");
  }

  static AwsError instanceExists() {
    return AwsError.badRequest("DBInstanceAlreadyExists", "DB instance already exists");
  }

  static AwsError state(String message) {
    return AwsError.badRequest("InvalidDBInstanceState", message);
  }

  static AwsError groupNotFound(String name) {
    return AwsError.notFound(
        "DBSubnetGroupNotFoundFault", "DB subnet group '" + name + "' does not exist.");
  }

  static AwsError snapshotNotFound(String id) {
    return AwsError.notFound("DBSnapshotNotFound", "DBSnapshot " + id + " not found.");
  }
}
