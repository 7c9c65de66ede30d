/** Checks: one file a check, each a claim about the cloud that holds or does not. */
@NullMarked
package io.pipelab.verify;

import org.jspecify.annotations.NullMarked;
