/** When scheduled rules fire; pure, without a clock. */
@org.jspecify.annotations.NullMarked
package io.pipelab.local.eventbridge.schedule;
