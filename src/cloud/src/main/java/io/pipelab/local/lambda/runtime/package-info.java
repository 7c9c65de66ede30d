/**
 * The Java runtime inside a function's process: it fetches events from the Lambda Runtime API and
 * calls the handler. It is packed into a jar of its own, so it uses nothing but the JDK and AWS's
 * own handler interfaces and event serialization; the handler is found by name, which is the one
 * place of the embedded cloud where reflection belongs.
 */
@NullMarked
package io.pipelab.local.lambda.runtime;

import org.jspecify.annotations.NullMarked;
