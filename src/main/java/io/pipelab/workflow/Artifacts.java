package io.pipelab.workflow;

import java.nio.file.Path;

/**
 * What pipelab's own build made for the labs.
 *
 * @param functionsJar the code of the functions
 * @param consumerJar the code of the containers
 * @param imageCache a folder for image layers
 */
public record Artifacts(Path functionsJar, Path consumerJar, Path imageCache) {}
