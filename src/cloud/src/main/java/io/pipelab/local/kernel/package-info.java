/**
 * What every service of the embedded cloud stands on: identities, callers, errors, the clock, and
 * the ports by which services reach each other.
 */
@NullMarked
package io.pipelab.local.kernel;

import org.jspecify.annotations.NullMarked;
