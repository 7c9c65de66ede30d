/** SNS: topics, subscriptions, and deliveries to functions, queues and mailboxes. */
@NullMarked
package io.pipelab.local.sns;

import org.jspecify.annotations.NullMarked;
