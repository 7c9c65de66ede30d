/** CloudWatch metrics and alarms: kept by the cloud minute, evaluated at the end of each. */
@NullMarked
package io.pipelab.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
