package dev.rebound.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A client that says exactly what it is told to, however odd. */
final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
    }

    RawClient send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** Everything until the server closes the connection. */
    String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes the connection, so many bytes at a time with a pause before each. */
    String answerReadSlowly(int bytes, Duration pause) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some;
        do {
            LockSupport.parkNanos(pause.toNanos());
            some = socket.getInputStream().readNBytes(bytes);
            all.write(some);
        } while (some.length > 0);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The first line of an answer. */
    String statusLine() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Whether anything comes within this time; what comes first is lost. */
    boolean isAnsweredWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothing) {
            return false;
        } finally {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }
    }

    /** Sends the same text again and again until the server has closed the connection; false when it never does. */
    boolean isCutOffWhileSending(String drop, Duration pause) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        socket.setSoTimeout((int) pause.toMillis());
        while (System.nanoTime() < deadline) {
            try {
                send(drop);
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException stillOpen) {
                continue;
            } catch (IOException closed) {
                return true;
            }
        }
        return false;
    }

    /** Ends the connection in mid-conversation. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
