package dev.rebound.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Key stores and trust stores of a server and a client on this machine, made by the JDK's own tool. */
final class Certificates {

    static final String PASSWORD = "keystore-s3cret";
    static final String CLIENT = "CN=rebound-client";

    private final Path directory;

    /** Makes them, in an existing directory. */
    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        pair("server", "CN=server", "-ext", "SAN=ip:127.0.0.1,dns:localhost");
        pair("client", CLIENT);
        pair("stranger", "CN=stranger");
    }

    /** Whom the clients trust: the server. */
    Path authorities() {
        return directory.resolve("trust-server.p12");
    }

    /** A trust store with somebody else in it. */
    Path otherAuthorities() {
        return directory.resolve("trust-stranger.p12");
    }

    /** Whom the server trusts: the client. */
    Path clients() {
        return directory.resolve("trust-client.p12");
    }

    Path server() {
        return directory.resolve("server.p12");
    }

    Path client() {
        return directory.resolve("client.p12");
    }

    /** A key with its certificate, and a trust store with that certificate alone. */
    private void pair(String name, String owner, String... options) throws IOException, InterruptedException {
        Path certificate = directory.resolve(name + ".pem");
        List<String> key = new ArrayList<>(List.of("-genkeypair", "-keyalg", "RSA", "-validity", "2", "-dname", owner));
        key.addAll(List.of(options));
        keytool(directory.resolve(name + ".p12"), name, key);
        keytool(
                directory.resolve(name + ".p12"),
                name,
                List.of("-exportcert", "-rfc", "-file", certificate.toString()));
        keytool(
                directory.resolve("trust-" + name + ".p12"),
                name,
                List.of("-importcert", "-noprompt", "-file", certificate.toString()));
        Files.delete(certificate);
    }

    private static void keytool(Path store, String alias, List<String> task) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(task);
        command.addAll(List.of(
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD, "-alias", alias));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed: " + String.join(" ", task));
        }
    }
}
