package io.pipelab.local.lambda.execution;

import java.io.InputStream;
import java.io.OutputStream;

/** A process whose kill throws, though the process ends. */
final class EndsBadly extends Process {
  private final Process process;

  EndsBadly(Process process) {
    this.process = process;
  }

  @Override
  public Process destroyForcibly() {
    process.destroyForcibly().onExit().join();
    throw new IllegalStateException("ends badly");
  }

  @Override
  public void destroy() {
    process.destroy();
  }

  @Override
  public ProcessHandle toHandle() {
    return process.toHandle();
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public InputStream getInputStream() {
    return process.getInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return process.getErrorStream();
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }
}
