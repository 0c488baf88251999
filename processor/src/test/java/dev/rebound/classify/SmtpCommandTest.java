package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "RCPT | - | RCPT",
                "rcpt to:<jo@example.org> | - | RCPT",
                "MAIL FROM:<a@b.example> SIZE=9 | 550 no (in reply to RCPT TO command) | MAIL",
                "end of DATA | - | DATA",
                "BDAT 12 LAST | - | DATA",
                "CONNECT | - | CONNECT",
                "something else | - | -",
                "- | host mx said: 550 no (in reply to RCPT TO command) | RCPT",
                "- | host mx said: 550 no (in reply to end of DATA command) | DATA",
                "- | SMTP error from remote mail server after MAIL FROM:<a@b.example>: 550 | MAIL",
                "- | SMTP error from remote mail server after pipelined end of data: 550 | DATA",
                "- | SMTP error from remote mail server after end of data: 550 | DATA",
                "- | >>> RCPT To:<jo@example.org>\\n<<< 550 no | RCPT",
                "- | gave up after 5 days, refused after RCPT TO:<jo@example.org> | RCPT",
                "- | 550 send mail to the postmaster after data loss | DATA",
                "- | 550 no mailbox | -",
                "- | ask us after mailing | -",
            })
    void isWhatTheEventSaysOrElseTheReply(String field, String reply, String command) {
        assertThat(SmtpCommand.of(field, reply)).isEqualTo(command);
    }

    @Test
    void nothingSaysNothing() {
        assertThat(SmtpCommand.of(null, null)).isNull();
        assertThat(SmtpCommand.of("", "")).isNull();
    }
}
