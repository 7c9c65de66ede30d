package io.pipelab.local.sts;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.RoleSessions.Keys;
import java.time.Instant;

/** Temporary keys and whose they are. */
record Session(Caller caller, Keys keys, Instant expires) {}
