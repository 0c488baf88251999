package dev.rebound.lookup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.streams.state.HostInfo;

/** A server that begins an answer and never ends it. */
public final class HalfAnswers implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> taken = new ConcurrentLinkedQueue<>();

    /** @param beginning what it says to everyone */
    public HalfAnswers(String beginning) throws IOException {
        Thread thread = new Thread(() -> answer(beginning.getBytes(StandardCharsets.ISO_8859_1)));
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(byte[] beginning) {
        try {
            while (true) {
                Socket socket = server.accept();
                taken.add(socket);
                socket.getInputStream().read();
                socket.getOutputStream().write(beginning);
                socket.getOutputStream().flush();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    HostInfo instance() {
        return new HostInfo("127.0.0.1", port());
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }
}
