/** Checks of networks. */
@NullMarked
package io.pipelab.verify.check.network;

import org.jspecify.annotations.NullMarked;
