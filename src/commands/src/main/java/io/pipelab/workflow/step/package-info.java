/**
 * What a workflow is made of, and what its steps are given: the cloud, the copy of the lab, what
 * was built.
 */
@NullMarked
package io.pipelab.workflow.step;

import org.jspecify.annotations.NullMarked;
