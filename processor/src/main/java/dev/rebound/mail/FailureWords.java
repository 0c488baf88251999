package dev.rebound.mail;

import dev.rebound.schema.Outcome;
import java.util.regex.Pattern;

/** What the words of a notice say became of a message: the verdict is left open where they say nothing. */
final class FailureWords {

    private static final Pattern DELAYED = Pattern.compile(
            "(?i)\\b(?:delayed|delay|still being retried|will (?:continue|keep) (?:to )?try|will be retried|will be re-?attempted"
                    + "|will try again|keep(?:s)? trying|not yet been delivered|has not yet been|could not be delivered yet|not been able to deliver .{0,40} yet"
                    + "|do not need to re-?send|no action is required|still trying|warning:? (?:message|could not send|mail)|queued for|temporarily deferred"
                    + "|delivery (?:is|was) delayed|attempts will continue|retrying for|will retry|incomplete delivery|deferred)\\b"
                    + "|verzögert|verzoegert|noch nicht zugestellt|weitere zustellversuche|retardé|sera retenté|retrasad[oa]|demorad[oa]|se seguirá intentando"
                    + "|atrasad[oa]|ritardat[oa]|vertraagd|opóźnion|задерж|повторные попытки|遅延|再送を試み|延迟|延遲|지연");

    private static final Pattern GIVEN_UP = Pattern.compile(
            "(?i)\\b(?:giv(?:ing|en) up|gave up|has been in the queue too long|retry time(?:out)? (?:not reached|exceeded)|not going to try again"
                    + "|will not (?:try|be retried)|(?:queue|message|envelope|delivery time|delivery period|retry) (?:has )?expired|message expired"
                    + "|could not be delivered for [0-9]+|undeliverable for [0-9]+|was aborted after|delivery failed [0-9]+ attempts|permanent(?:ly)?|failed|failure|fatal"
                    + "|returned to sender|undeliverable|rejected|refused|unable to deliver this message after)\\b");

    private static final Pattern EXPIRED = Pattern.compile(
            "(?i)\\b(?:has been in the queue too long|retry timeout exceeded|message expired|envelope expired|delivery time expired"
                    + "|could not (?:be delivered|deliver) for (?:the last )?[0-9]+|undeliverable for [0-9]+|was aborted after|delivery failed [0-9]+ attempts"
                    + "|queue\\.expired|unable to deliver this message after|after [0-9.]+ (?:hours?|days?)[^.]{0,40}(?:giving up|given up))\\b");

    private static final Pattern DELIVERED = Pattern.compile(
            "(?i)\\b(?:successfully (?:delivered|relayed|sent)|was delivered|has been delivered|delivery (?:was )?successful|successful(?:ly)? deliver"
                    + "|confirmation of delivery|delivered to the (?:following )?recipient|relayed to a system|your message was (?:successfully )?delivered)\\b"
                    + "|wurde zugestellt|erfolgreich zugestellt|a été (?:remis|livré)|ha sido entregado|foi entregue|è stato (?:consegnato|recapitato)|доставлено успешно|正常に配信");

    private static final Pattern FAILED = Pattern.compile(
            "(?i)\\b(?:un-?deliver(?:able|ed)|not (?:be )?(?:delivered|sent|reach(?:ed)?)|n[o']t (?:be )?deliver(?:ed)?|unable to (?:deliver|send|relay|reach)"
                    + "|can(?:no|')t (?:be )?(?:deliver(?:ed)?|send|sent)|could(?:n't| not) (?:be )?(?:deliver(?:ed)?|send|sent|reach(?:ed)?)"
                    + "|was(?:n't| not) (?:able|delivered|sent)|(?:delivery|mail|message|transmission|send|sending) (?:has |have |was |is )?(?:permanently )?(?:fail(?:ed|ure|s)?|error|failure|problem|aborted|refused|rejected)"
                    + "|fail(?:ed|ure)? (?:notice|permanently|to deliver|delivery|recipients?)|delivery (?:status )?(?:notification|report|failure|problems?|errors?)"
                    + "|returned (?:mail|message|to sender)|return(?:ing)? (?:message )?to sender|mail (?:system )?error|(?:permanent|fatal) (?:error|failure)s?|error (?:sending|delivering|occurred|while)"
                    + "|trouble delivering|did not reach|have been rejected|(?:was|been|were) (?:rejected|refused|bounced|blocked|returned)|rejected (?:by|your|recipient)|unknown (?:user|recipient|address|host)|user unknown|no such (?:user|mailbox|address|person)"
                    + "|(?:mailbox|account|user|recipient|address)[^.\\n]{0,40}(?:full|does(?:n't| not) exist|not found|unknown|disabled|inactive|invalid|unavailable|no longer|over quota)|quota exceeded|does not exist|not a member of this (?:mailing )?list|duplicated message-id|loop (?:alert|detected|back warning)|errors from|(?:had|with) delivery (?:errors|problems)|delivery errors|nondeliverable|non-delivery|bounced?)\\b"
                    + "|nicht (?:zugestellt|zustellbar|ausgeliefert|übermittelt)|unzustellbar|zustellung (?:fehlgeschlagen|gescheitert)|zustellfehler|konnte nicht|n'a (?:pas )?pu être|non (?:distribué|remis|délivré)|n'a pas été (?:remis|distribué|livré)|échec de (?:la )?(?:remise|livraison|distribution)|impossible de (?:remettre|livrer|distribuer|délivrer)"
                    + "|no (?:se )?(?:pudo|ha podido|entregado|se entregó|puede) |no entregad|no se ha podido entregar|fallo (?:en la|de) entrega|error de entrega|não (?:foi|pôde|pode|entregue)|falha (?:na|de|no) (?:entrega|envio)|non (?:recapitat|consegnat|è stato possibile)|mancat[ao] (?:recapito|consegna)|impossibile (?:recapitare|consegnare)"
                    + "|niet (?:worden )?(?:bezorgd|afgeleverd|verzonden)|onbestelbaar|niedostarcz|nie (?:może|został|można|udało)[^.\\n]{0,30}dostarcz|nedoruč|nelze doručit|kézbesíthetetlen|nem sikerült kézbesíteni|teslim edilemedi|iletilemedi|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|δεν ήταν δυνατή"
                    + "|не (?:может быть |было |удалось )?доставлен|не удалось доставить|недоставлен|невозможно доставить|не вдалося доставити"
                    + "|送信できません|配信できません|配送できません|届けられません|お届けできません|エラーメール|配信エラー|送信エラー|送れません|配信不能|退信|无法投递|無法投遞|投递失败|投遞失敗|未能送达|无法送达|發送失敗|发送失败|被退回|無法傳遞|전송 실패|반송|배달되지|발송 실패|전달되지");

    private FailureWords() {}

    /** Whether the words speak of mail that did not arrive, or not yet, or did. */
    static boolean areIn(String text) {
        return FAILED.matcher(text).find()
                || DELAYED.matcher(text).find()
                || DELIVERED.matcher(text).find();
    }

    /**
     * What became of a message.
     *
     * @param subject subject of the notice; empty when there is none
     * @param text words of the notice, and of the reply that it quotes
     * @return {@code UNKNOWN} when the words do not say
     */
    static Outcome verdict(String subject, String text) {
        String all = subject + "\n" + text;
        boolean failedInSubject =
                FAILED.matcher(subject).find() && !DELAYED.matcher(subject).find();
        if (DELAYED.matcher(all).find()
                && !failedInSubject
                && !GIVEN_UP.matcher(all).find()) {
            return Outcome.DEFERRED;
        }
        if (DELAYED.matcher(subject).find() && !FAILED.matcher(subject).find()) {
            return Outcome.DEFERRED;
        }
        if (DELIVERED.matcher(all).find() && !FAILED.matcher(all).find()) {
            return Outcome.DELIVERED;
        }
        if (EXPIRED.matcher(text).find()) {
            return Outcome.EXPIRED;
        }
        return FAILED.matcher(all).find() || GIVEN_UP.matcher(all).find() ? Outcome.BOUNCED : Outcome.UNKNOWN;
    }
}
