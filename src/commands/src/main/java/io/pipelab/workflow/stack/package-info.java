/**
 * CloudFormation stacks as every group of steps meets them: found by their tags, awaited,
 * explained.
 */
@NullMarked
package io.pipelab.workflow.stack;

import org.jspecify.annotations.NullMarked;
