package io.pipelab.local.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:4566",
        "[::1]",
        "[::1]:4566",
        "localhost",
        "LocalHost:4566",
        "localhost.",
        "localhost.:4566",
        "bucket.s3.localhost:4566",
        "my_bucket.LOCALHOST.",
        "0123456789.execute-api.localhost:1",
        "localhost:65535"
      })
  void loopbackNamesAreOurs(String authority) {
    assertTrue(Address.loopback(authority).isPresent(), authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:4566",
        "localhost.evil.example",
        "evil-localhost",
        "evillocalhost",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0.0.0.0",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::1].evil.example",
        "::1",
        "127.0.0.1@evil.example",
        "evil.example@127.0.0.1",
        "localhost..",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "localhost:4566:1",
        "localhost:-1",
        "local host",
        "localhost,evil.example",
        "localhost/evil",
        "localhost#",
        "localhost%00.evil.example",
        "\u217docalhost",
        "127.0.0.1\t",
        "localhost.localstack.cloud",
        "192.168.1.5:4566"
      })
  void othersAreNot(String authority) {
    assertEquals(Optional.empty(), Address.loopback(authority));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4566, http://127.0.0.1:4566, true",
    "LOCALHOST:4566, http://localhost:4566, true",
    "localhost, http://localhost, true",
    "localhost, http://localhost:80, true",
    "127.0.0.1:4566, http://localhost:4566, false",
    "127.0.0.1:4566, http://127.0.0.1:3000, false",
    "127.0.0.1:4566, https://127.0.0.1:4566, false",
    "127.0.0.1:4566, http://127.0.0.1, false",
    "a.localhost:4566, http://b.localhost:4566, false",
    "127.0.0.1:4566, null, false",
    "127.0.0.1:4566, '', false"
  })
  void anOriginIsOursWhenItIsTheAddressItself(String host, String origin, boolean own) {
    Address address = Address.loopback(host).orElseThrow();
    if (own) {
      assertTrue(address.isOrigin(origin));
    } else {
      assertFalse(address.isOrigin(origin));
    }
  }
}
