/** Checks of topics and their subscriptions. */
@NullMarked
package io.pipelab.verify.check.topic;

import org.jspecify.annotations.NullMarked;
