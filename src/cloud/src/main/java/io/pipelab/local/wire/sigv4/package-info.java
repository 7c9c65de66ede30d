/** Signature Version 4, as a service checks it ("AWS Signature Version 4 for API requests"). */
@NullMarked
package io.pipelab.local.wire.sigv4;

import org.jspecify.annotations.NullMarked;
