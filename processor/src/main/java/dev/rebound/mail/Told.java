package dev.rebound.mail;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;

/**
 * What a notice in free text tells of one recipient.
 *
 * @param recipient the address that was mailed, as far as the notice tells; null when it names none
 * @param finalRecipient the address that refused, where the notice names both; else null
 * @param outcome {@code BOUNCED}, {@code EXPIRED}, {@code DEFERRED} or {@code DELIVERED}; {@code UNKNOWN} where the words do not say
 * @param status enhanced code that stands apart from the reply; null for none
 * @param reply what the server said, or the words of the notice about this recipient; null for none
 * @param replySource who spoke the reply
 * @param remoteHost host that refused; null when it is not named
 * @param smtpCommand command that was refused, upper case; null when it is not told
 */
record Told(
        String recipient,
        String finalRecipient,
        Outcome outcome,
        String status,
        String reply,
        ReplySource replySource,
        String remoteHost,
        String smtpCommand) {}
