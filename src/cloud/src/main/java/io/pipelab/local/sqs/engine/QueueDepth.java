package io.pipelab.local.sqs.engine;

/**
 * How many messages a queue holds.
 *
 * @param oldestSeconds how long the message at the front has been in this queue; 0 without one
 */
public record QueueDepth(int visible, int inFlight, int delayed, long oldestSeconds) {}
