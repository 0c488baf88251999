package dev.rebound.classify;

import java.time.Instant;

/** What text rules are matched with. For one thread. */
final class Evidence {

    private final String reply;
    private final Codes codes;
    private final String provider;
    private final String commandField;
    private final Instant at;
    private String command;
    private boolean commandLookedFor;

    /**
     * Evidence of one event.
     *
     * @param reply as it came; null matches nothing
     * @param codes what the reply's codes were settled to
     * @param provider host of the receiving domain; null when it is not known
     * @param commandField command that was refused, as the event has it; null when it does not say
     * @param at moment whose rules count
     */
    Evidence(String reply, Codes codes, String provider, String commandField, Instant at) {
        this.reply = reply;
        this.codes = codes;
        this.provider = provider;
        this.commandField = commandField;
        this.at = at;
    }

    String reply() {
        return reply;
    }

    Codes codes() {
        return codes;
    }

    String provider() {
        return provider;
    }

    Instant at() {
        return at;
    }

    /** The command that was refused, which the reply may tell; null when it is not known. Looked for once, and only on need. */
    String command() {
        if (!commandLookedFor) {
            command = SmtpCommand.of(commandField, reply);
            commandLookedFor = true;
        }
        return command;
    }

    /**
     * It is the sender that was refused: at {@code MAIL}, when no recipient is named yet (RFC 5321 section 3.3), or by a code
     * about the sender's address (X.1.7, X.1.8 of RFC 3463). What does not exist then is not the recipient.
     */
    boolean isAboutSender() {
        String enhanced = codes.enhanced();
        return enhanced != null && (enhanced.endsWith(".1.7") || enhanced.endsWith(".1.8")) || "MAIL".equals(command());
    }
}
