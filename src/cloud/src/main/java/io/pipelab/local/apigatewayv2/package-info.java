/** API Gateway's HTTP APIs: the control plane, and the gateway itself on loopback. */
@NullMarked
package io.pipelab.local.apigatewayv2;

import org.jspecify.annotations.NullMarked;
