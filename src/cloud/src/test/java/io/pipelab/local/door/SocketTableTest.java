package io.pipelab.local.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linux's lists of sockets, as a kernel wrote them. */
class SocketTableTest {
  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1067 1 000000004c62ddef 100 0 0 10 0
         1: 0100007F:11D6 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 20001 1 0000000000000000 20 4 30 10 -1
         2: 0100007F:D431 0100007F:11D6 01 00000000:00000000 00:00000000 00000000 65534        0 20002 1 0000000000000000 20 4 30 10 -1
       103: 0100007F:D432 0100007F:11D6 05 00000000:00000000 00:00000000 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1
       104: 0100007F:D433 0100007F:11D6 06 00000000:00000000 03:0000176E 00000000     0        0 0 3 0000000004b981dc
       105: 0100007F:D433 0100007F:11D6 01 00000000:00000000 00:00000000 00000000  1001        0 20005 1 0000000000000000 20 4 30 10 -1
      """;

  private static final String TCP6 =
      """
        sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0000000000000000FFFF00000100007F:D500 0000000000000000FFFF00000100007F:11D6 01 00000000:00000000 00:00000000 00000000  1002        0 30001 1 0000000000000000 20 4 30 10 -1
         1: 00000000000000000000000001000000:D501 00000000000000000000000001000000:11D6 08 00000000:00000000 00:00000000 00000000  1003        0 30002 1 0000000000000000 20 4 30 10 -1
      """;

  @TempDir Path folder;

  @Test
  void theOwnerIsThePeersNotOurs() {
    assertEquals(OptionalLong.of(65534), SocketTable.owner(TCP, "0100007F:D431 0100007F:11D6"));
  }

  @Test
  void aClosedSocketIsNobodys() {
    assertEquals(OptionalLong.empty(), SocketTable.owner(TCP, "0100007F:D432 0100007F:11D6"));
  }

  @Test
  void whatWasClosedHidesNoOtherOfTheSameAddress() {
    assertEquals(OptionalLong.of(1001), SocketTable.owner(TCP, "0100007F:D433 0100007F:11D6"));
  }

  @Test
  void aSocketThatIsNotThereIsNobodys() {
    assertEquals(OptionalLong.empty(), SocketTable.owner(TCP, "0100007F:D4 0100007F:11D6"));
    assertEquals(OptionalLong.empty(), SocketTable.owner("", "0100007F:D431 0100007F:11D6"));
  }

  @Test
  void bothTablesAreRead() throws Exception {
    Files.writeString(folder.resolve("tcp"), TCP);
    Files.writeString(folder.resolve("tcp6"), TCP6);
    SocketOwners owners = new SocketOwners(folder);
    assertEquals(OptionalLong.of(65534), owners.of(at("127.0.0.1", 4566), at("127.0.0.1", 0xD431)));
    assertEquals(OptionalLong.of(1002), owners.of(at("127.0.0.1", 4566), at("127.0.0.1", 0xD500)));
    assertEquals(OptionalLong.of(1003), owners.of(at("::1", 4566), at("::1", 0xD501)));
    assertEquals(OptionalLong.empty(), owners.of(at("127.0.0.1", 4566), at("127.0.0.1", 0xD501)));
  }

  @Test
  void addressesAreWordsOfTheMachine() throws Exception {
    InetSocketAddress four = at("10.1.2.3", 80);
    assertEquals("0302010A:0050", SocketName.of(four, ByteOrder.LITTLE_ENDIAN));
    assertEquals("0A010203:0050", SocketName.of(four, ByteOrder.BIG_ENDIAN));
    assertEquals(
        "0000000000000000FFFF00000302010A:0050", SocketName.mapped(four, ByteOrder.LITTLE_ENDIAN));
    assertEquals(
        "00000000000000000000000001000000:11D6",
        SocketName.of(at("::1", 4566), ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  void theUserIsTheOneThatCounts() {
    String status = "Name:\tjava\nUmask:\t0022\nUid:\t0\t1000\t0\t1000\nGid:\t1\t1\t1\t1\n";
    assertEquals(OptionalLong.of(1000), Users.effectiveUser(status));
    assertEquals(OptionalLong.empty(), Users.effectiveUser("Name:\tjava\n"));
  }

  private static InetSocketAddress at(String address, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }
}
