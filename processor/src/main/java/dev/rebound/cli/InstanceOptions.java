package dev.rebound.cli;

import dev.rebound.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which instance a command asks over HTTP. */
final class InstanceOptions {

    private static final String URL = "REBOUND_URL";
    private static final String TOKEN_FILE = "REBOUND_TOKEN_FILE";
    private static final String TOKEN = "REBOUND_TOKEN";
    private static final String LOCAL = "http://127.0.0.1:18080";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of any instance. Default: that in the environment as " + URL + ", else " + LOCAL + ".")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that the instance wants to see. Default: that in the environment as "
                    + TOKEN_FILE + ", else the token itself as " + TOKEN + ", else none.")
    private Path tokenFile;

    /** A client of the instance. */
    InstanceClient client() throws IOException {
        return client(System.getenv());
    }

    /**
     * A client of the instance.
     *
     * @param environment variables by name
     * @throws IllegalArgumentException when the address or the token is none
     */
    InstanceClient client(Map<String, String> environment) throws IOException {
        String address = url == null ? environment.getOrDefault(URL, LOCAL) : url;
        return new InstanceClient(parsed(address.strip().replaceFirst("/+$", "")), token(environment));
    }

    private static URI parsed(String address) {
        if (!address.matches("(?i)https?://[^/\\s?#]+.*")) {
            throw new IllegalArgumentException(
                    "--url: " + address + " (expected: http or https, host and port, such as " + LOCAL + ")");
        }
        return URI.create(address);
    }

    private String token(Map<String, String> environment) throws IOException {
        String file = tokenFile == null ? environment.get(TOKEN_FILE) : tokenFile.toString();
        if (file != null) {
            return usable("the file " + file, Files.readString(Path.of(file)).strip());
        }
        String token = environment.get(TOKEN);
        return token == null ? null : usable(TOKEN, token.strip());
    }

    /** A token with characters that no header may have would be quoted in a message of the HTTP client. */
    private static String usable(String source, String token) {
        if (!HttpSettings.isUsableToken(token)) {
            throw new IllegalArgumentException(
                    source + " holds no usable token (expected: " + HttpSettings.USABLE_TOKEN + ")");
        }
        return token;
    }
}
