/** Systems Manager's Parameter Store. */
@NullMarked
package io.pipelab.local.ssm;

import org.jspecify.annotations.NullMarked;
