/** Resource policies: what a statement says and whether it lets a request in. */
@NullMarked
package io.pipelab.local.policy;

import org.jspecify.annotations.NullMarked;
