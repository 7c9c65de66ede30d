/** What of an event a target is given; pure. */
@org.jspecify.annotations.NullMarked
package io.pipelab.local.eventbridge.input;
