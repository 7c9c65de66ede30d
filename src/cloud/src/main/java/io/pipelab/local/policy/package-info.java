/**
 * Policies: what their statements say to a request, and what all of them together come to. Pure: it
 * knows no service, and nothing of how requests arrive.
 */
@NullMarked
package io.pipelab.local.policy;

import org.jspecify.annotations.NullMarked;
