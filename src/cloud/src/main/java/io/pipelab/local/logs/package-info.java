/** CloudWatch Logs: groups, streams and events, kept in memory within bounds. */
@NullMarked
package io.pipelab.local.logs;

import org.jspecify.annotations.NullMarked;
