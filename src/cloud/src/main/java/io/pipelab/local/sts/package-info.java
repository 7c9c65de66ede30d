/** STS: who calls, and temporary keys of roles. */
@NullMarked
package io.pipelab.local.sts;

import org.jspecify.annotations.NullMarked;
