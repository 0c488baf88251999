package dev.rebound.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** All readers of notices in free text, in the order in which they are asked. */
final class NoticeReaders {

    private static final List<NoticeReader> ALL = all();

    private NoticeReaders() {}

    /** The readers; the one that takes nearly everything comes last. */
    static List<NoticeReader> inOrder() {
        return ALL;
    }

    private static List<NoticeReader> all() {
        List<NoticeReader> readers = new ArrayList<>();
        readers.add(new ReportFieldsReader());
        readers.add(new SesNotificationReader());
        readers.add(
                phrases(
                        "gmail",
                        "^From:.{0,200}mailer-daemon@google(?:mail)?\\.com|Delivery to the following recipients? (?:has )?(?:failed permanently|been delayed)|Technical details of (?:permanent|temporary) failure"));
        readers.add(
                phrases(
                        "qmail",
                        "Hi\\. This is the\\b|qmail-send program|I wasn't able to deliver your message|This is a permanent error; I've given up"));
        readers.add(
                phrases("yahoo", "unable to deliver (?:your )?message to the following address|^Message from +yahoo"));
        readers.add(
                phrases(
                        "postfix",
                        "This is the (?:Postfix program|mail system) at host|I'm sorry to have to inform you that|The (?:Postfix program|mail system)\\s*$|Postfix SMTP server: errors from"));
        readers.add(
                phrases(
                        "exim",
                        "This message was created automatically by (?:the )?mail delivery (?:software|system)|A message that you sent (?:could not|contained)|^Subject: Mail (?:delivery failed|failure - )|returning message to sender"));
        readers.add(
                phrases(
                        "sendmail",
                        "-{2,}\\s*(?:The following addresses had|Transcript of session follows|The following address(?:es)? had)|addresses had (?:permanent fatal errors|delivery (?:errors|problems)|transient non-fatal errors)|While talking to "));
        readers.add(
                phrases(
                        "exchange",
                        "did not reach (?:some or all of )?the (?:intended|following) recipient|Delivery has failed to these recipients|Diagnostic information for administrators|could not be reached:|The following recipient\\(s\\) (?:could not|cannot) be reached|Zustellung (?:dieser Nachricht )?(?:bei|an) (?:den|die|das)? ?folgende"));
        readers.add(phrases(
                "domino",
                "was not delivered to:|DELIVERY FAILURE:|Domino Directory|Name & Address Book|Notes\\.? *Mail Router"));
        readers.add(
                phrases("groupwise", "The message that you sent was undeliverable to the following|GroupWise|GWIA"));
        readers.add(phrases(
                "messaging-server",
                "This report relates to a message you sent with the following header fields|Recipient address: .*"));
        readers.add(phrases("courier", "running the Courier mail server|UNDELIVERABLE MAIL"));
        readers.add(phrases("mdaemon", "MDaemon|The following (?:data|message) (?:may contain|could not)"));
        readers.add(phrases("imail", "^Subject: Undeliverable Mail\\s*$|Original message follows\\.?$"));
        readers.add(phrases("opensmtpd", "This is the MAILER-DAEMON, please DO NOT REPLY"));
        readers.add(phrases("dragonfly", "This is the DragonFly Mail Agent"));
        readers.add(phrases("communigate", "CommuniGate|Failed to deliver to '"));
        readers.add(phrases("mailenable", "MailEnable|Message could not be delivered to some recipients"));
        readers.add(phrases("icewarp", "Merak Mail Server|IceWarp"));
        readers.add(phrases("kerio", "Kerio (?:Connect|MailServer)"));
        readers.add(phrases("interscan", "InterScan"));
        readers.add(phrases("mail-marshal", "MailMarshal|The following recipients were affected"));
        readers.add(
                phrases(
                        "japanese-mobile",
                        "Mail System Error - Returned Mail|Each of the following recipients was rejected by a remote|Could not be delivered to: <"));
        readers.add(
                phrases(
                        "mailing-list",
                        "[Yy]ou are not a member of this mailing list|NOT MEMBER article from|^Subject: Loop Alert|Duplicated Message-ID in <"));
        readers.add(new GenericReader());
        return List.copyOf(readers);
    }

    private static NoticeReader phrases(String name, String mine) {
        return new PhraseReader(name, Pattern.compile(mine, Pattern.MULTILINE));
    }
}
