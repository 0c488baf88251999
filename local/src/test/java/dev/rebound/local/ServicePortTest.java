package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePortTest {

    @ParameterizedTest
    @EnumSource
    void aTakenPortIsRefusedWithItsNumberPurposeAndOption(ServicePort service) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(ServicePort.LOOPBACK))) {
            assertThatThrownBy(() -> service.resolve(taken.getLocalPort()))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " ")
                    .hasMessageContaining("cannot be opened")
                    .hasMessageContaining(service.option());
        }
    }

    @Test
    void zeroPicksAPortThatCanBeOpened() throws Exception {
        int port = ServicePort.BROKER.resolve(0);

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(ServicePort.LOOPBACK))) {
            assertThat(socket.getLocalPort()).isEqualTo(port).isPositive();
        }
    }

    @Test
    void aFreePortIsTakenAsItIs() throws Exception {
        int free = ServicePort.free();

        assertThat(ServicePort.HTTP.resolve(free)).isEqualTo(free);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aNumberThatIsNoPortIsRefused(int number) {
        assertThatThrownBy(() -> ServicePort.REGISTRY.resolve(number))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining(Integer.toString(number))
                .hasMessageContaining("--registry-port");
    }
}
