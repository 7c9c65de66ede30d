package io.pipelab.local.rds.server;

import java.io.IOException;

/** Says why there is no database server, in one sentence that an instance's status can carry. */
public final class ServerFailure extends IOException {
  private static final long serialVersionUID = 1L;

  ServerFailure(String why) {
    super(why);
  }

  /** In one sentence. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
