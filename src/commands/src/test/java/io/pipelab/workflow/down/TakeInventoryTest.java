package io.pipelab.workflow.down;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.target.AwsClients;
import io.pipelab.target.Deadline;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.Progress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TakeInventoryTest {
  @Test
  void whoIsInterruptedLearnsWhatStays() {
    AwsClients interrupted =
        (AwsClients)
            Proxy.newProxyInstance(
                AwsClients.class.getClassLoader(),
                new Class<?>[] {AwsClients.class},
                (proxy, method, arguments) -> {
                  throw new CancellationException();
                });
    Cloud cloud =
        new Cloud(
            new Target.Local(null), interrupted, Poller.near(), Deadline.in(Duration.ofMinutes(1)));
    List<Progress.Event> told = new ArrayList<>();
    TakeInventory step =
        new TakeInventory(
            new LabCopy("decoupling", "two"), List.of("stack"), cloud, new Inventory());
    assertThrows(CancellationException.class, () -> step.run(told::add));
    assertEquals(
        List.of(
            new Progress.Underway(
                "nothing was deleted: lab decoupling --instance two stays as it is",
                "'pipelab down decoupling --instance two' removes it")),
        told);
  }
}
