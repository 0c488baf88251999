package dev.rebound.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The mails in the test resources. */
public final class SampleMails {

    private SampleMails() {}

    /** A mail by the name of its file. */
    public static byte[] bytes(String name) {
        try (InputStream in = SampleMails.class.getResourceAsStream("/mails/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
