/** Checks of who may do what: roles and resource policies. */
@NullMarked
package io.pipelab.verify.check.policy;

import org.jspecify.annotations.NullMarked;
