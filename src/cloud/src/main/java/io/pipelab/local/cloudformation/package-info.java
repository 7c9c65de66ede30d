/** The CloudFormation engine and its actions. */
@NullMarked
package io.pipelab.local.cloudformation;

import org.jspecify.annotations.NullMarked;
