package dev.rebound.ingest;

import dev.rebound.mail.DsnReader;
import dev.rebound.mail.MailReading;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/** Looks at mails without storing or noting anything. */
public final class MailReadings {

    private MailReadings() {}

    /**
     * Hands out what is made of each mail, in order.
     *
     * @param readings takes where the mail is, and what was made of it
     * @throws UnusableInputException at the first source that cannot be read
     */
    public static void each(DsnReader reader, List<InputSource> sources, BiConsumer<String, MailReading> readings)
            throws UnusableInputException {
        for (InputSource source : sources) {
            try (MailFile file = MailFile.open(source)) {
                for (Mail mail = file.next(); mail != null; mail = file.next()) {
                    byte[] content = mail.content().readNBytes(DsnReader.MAX_MAIL_BYTES + 1);
                    readings.accept(mail.source(), reader.read(content, mail.source()));
                }
            } catch (IOException e) {
                throw new UnusableInputException(source.name() + ": " + e.getMessage());
            }
        }
    }
}
