package io.pipelab.local.sts;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.RoleSessions.Keys;
import java.time.Instant;

/** Temporary keys, whose they are and what they were narrowed to. */
record Session(Caller caller, Keys keys, Instant expires, Grant grant) {}
