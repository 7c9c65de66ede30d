/** The labs' own functions: what ships to AWS. Nothing here knows the rest of pipelab. */
@NullMarked
package io.pipelab.functions;

import org.jspecify.annotations.NullMarked;
