package dev.rebound.mail;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what no other reader knows and what still must be a notice: it comes from a mail system, and speaks of failure or delay. */
final class GenericReader implements NoticeReader {

    private static final Pattern FAILURE_SUBJECT = Pattern.compile(
            "(?i)undeliver|returned mail|delivery (?:status|failure|notification|report|problem|error|delay)|failure notice|mail(?:ing)? (?:failure|error|system error)|non-?deliver|could not be delivered|not delivered|delivery .{0,20}(?:fail|delay)|returning message|message (?:delayed|bounced|not delivered|rejected|status)|bounce|unzustellbar|zustell|non remis|non distribu|échec|no entregad|fallo|falha|mancata|recapito|onbestelbaar|niedostarcz|недоставл|не доставл|не может быть|エラー|配信|送信|退信|投递失败|반송|delivery|warning|error sending");

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public Optional<String> mine(Notice notice) {
        return isNotice(notice)
                ? Optional.of("a mail system as sender, and words of failure or delay")
                : Optional.empty();
    }

    @Override
    public List<Told> told(Notice notice) {
        return ToldInText.in(notice);
    }

    private static boolean isNotice(Notice notice) {
        if (notice.header().has("X-Failed-Recipients")) {
            return true;
        }
        boolean named = FAILURE_SUBJECT.matcher(notice.subject()).find();
        return FailureWords.areIn(notice.subject() + "\n" + notice.text())
                && (notice.isFromMailSystem() || notice.hasNullPath() && named);
    }
}
