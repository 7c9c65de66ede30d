/**
 * Where functions run: execution environments, each a child process that speaks the Lambda Runtime
 * API, kept while warm and ended when idle.
 */
@NullMarked
package io.pipelab.local.lambda.execution;

import org.jspecify.annotations.NullMarked;
