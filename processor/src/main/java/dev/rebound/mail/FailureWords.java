package dev.rebound.mail;

import dev.rebound.schema.Outcome;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * What the words of a notice say became of a message. Words are compared without accents, because many notices are written without
 * them. The verdict is left open where the words say nothing.
 */
final class FailureWords {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** The mail system goes on trying. */
    private static final Pattern GOES_ON = of(
            "\\b(?:will (?:continue|keep) (?:to |on )?(?:try|retry|attempt)|will be (?:retried|re-?attempted|attempted again)|will (?:re)?try (?:again|for)|(?:be|is) retried|keep(?:s)? trying|still trying|still being retried|retrying for"
                    + "|not yet been (?:delivered|sent|possible)|has not (?:yet )?been delivered (?:yet|to one)|message still undelivered|still in the queue|attempts will continue|continue to be (?:tried|attempted)"
                    + "|(?:do|need) not (?:need to )?re-?send|no need to re-?send|no action is required|warning message only|this is (?:only |just )?a warning|transient (?:non-?fatal|delivery)|incomplete delivery|delivery (?:has been|is|was) delayed|delayed mail|enqueued and undeliverable)\\b|\\(delay(?:ed)?\\)"
                    + "|wir versuchen (?:noch|weiter|es)|weitere zustellversuche|noch nicht zugestellt|bisher nicht zugestellt|verzogert|verzoegert|n'a pas encore ete|n'ont pas encore ete|continuera ses tentatives|remise retardee|sera retente|aun no se ha|todavia no|se seguira intentando|retrasad[oa]|demorad[oa]|ainda nao|continuara tentando|atrasad[oa]"
                    + "|non e ancora stato|ritardat[oa]|nog niet (?:bezorgd|afgeleverd)|vertraagd|jeszcze nie|opoznion|еще не (?:доставлен|было)|задерж|повторные попытки|遅延|再送を試み|再送します|延迟|延遲|尚未送达|지연");

    private static final Pattern DELAY_MENTIONED = of("\\b(?:delay(?:ed)?|deferred|temporar(?:y|ily)|warning)\\b");

    /** The mail system has stopped. */
    private static final Pattern STOPPED = of(
            "\\b(?:giv(?:ing|en) up|gave up|not going to try|will not (?:try|be retried)|failed permanently|permanent (?:fatal )?(?:error|failure)s?|permanently failed|has stopped trying|returned to sender|was aborted after|(?<!non-)fatal errors?)\\b");

    private static final Pattern EXPIRED = of(
            "\\b(?:has been in the queue too long|retry timeout exceeded|message expired|envelope expired|delivery time expired"
                    + "|could not (?:be delivered|deliver) for (?:the last )?[0-9]+|was aborted after|delivery failed [0-9]+ attempts|has stopped trying"
                    + "|queue\\.expired|after [0-9.]+ (?:hours?|days?)[^.]{0,40}(?:giving up|given up))\\b");

    private static final Pattern DELIVERED = of(
            "\\b(?:successfully (?:delivered|relayed|sent)|(?:was|has been|been) delivered to|delivery (?:was |is )?(?:successful|complete)|to these recipients or groups is complete|successful(?:ly)? deliver"
                    + "|confirmation of delivery|delivered to the (?:following )?recipient|relayed to a system|relayed to (?:the )?(?:following|these))\\b|^(?:delivered|relayed|expanded):"
                    + "|erfolgreich (?:[a-z]+ ){0,4}zugestellt|zustellbestatigung|a ete (?:remis|livre) (?:avec succes|a)|ha sido entregado|foi entregue com|e stato (?:consegnato|recapitato)|успешно доставлен|正常に配信");

    private static final Pattern FAILED = of(
            "\\b(?:un-?deliver(?:able|ed)|not (?:be )?(?:delivered|sent|reach(?:ed)?)|n[o']t (?:be )?deliver(?:ed)?|unable to (?:deliver|send|relay|reach)"
                    + "|can(?:no|')t (?:be )?(?:deliver(?:ed)?|send|sent)|could(?:n't| not) (?:be )?(?:deliver(?:ed)?|send|sent|reach(?:ed)?|accept(?:ed)?)"
                    + "|was(?:n't| not) (?:able|delivered|sent|accepted)|(?:delivery|mail|message|transmission|send|sending) (?:has |have |was |is )?(?:permanently )?(?:fail(?:ed|ure|s)?|error|failure|problem|aborted|refused|rejected)"
                    + "|fail(?:ed|ure)? (?:notice|permanently|to deliver|delivery|recipients?)|delivery (?:failure|problems?|errors?)"
                    + "|returned (?:mail|message|to sender)|return(?:ing)? (?:message )?to sender|mail (?:system )?error|(?:permanent|fatal) (?:error|failure)s?|errors? (?:sending|delivering|(?:has |have )?occurred|while|from)"
                    + "|trouble delivering|did not reach|have been rejected|(?:was|been|were) (?:rejected|refused|bounced|blocked|returned)|rejected (?:by|your|recipient)|unknown (?:user|recipient|address|host)|user unknown|no such (?:user|mailbox|address|person)"
                    + "|(?:mailbox|account|user|recipient|address)[^.\\n]{0,40}(?:full|does(?:n't| not) exist|not found|unknown|disabled|inactive|invalid|unavailable|no longer|over quota)|quota exceeded|does not exist|not a member of this (?:mailing )?list|duplicated message-id|loop (?:alert|detected|back warning)|(?:had|with) delivery (?:errors|problems)|nondeliverable|non-delivery|bounced?|aborted after)\\b|\\(failure\\)"
                    + "|nicht (?:zugestellt|zustellbar|ausgeliefert|ubermittelt)|unzustellbar|zustellung (?:fehlgeschlagen|gescheitert)|zustellfehler|konnte nicht|n'a (?:pas )?pu etre|non (?:distribue|remis|delivre)|n'a pas ete (?:remis|distribue|livre)|echec de (?:la )?(?:remise|livraison|distribution)|impossible de (?:remettre|livrer|distribuer|delivrer)"
                    + "|no (?:se )?(?:pudo|ha podido|entregado|se entrego|puede) |no entregad|no se ha podido entregar|fallo (?:en la|de) entrega|error de entrega|nao (?:foi|pode|entregue)|falha (?:na|de|no) (?:entrega|envio)|aviso de falha|non (?:recapitat|consegnat|e stato possibile)|mancat[ao] (?:recapito|consegna)|impossibile (?:recapitare|consegnare)"
                    + "|niet (?:worden )?(?:bezorgd|afgeleverd|verzonden)|onbestelbaar|niedostarcz|nie (?:moze|zostal|mozna|udalo)[^.\\n]{0,30}dostarcz|nedoruc|nelze dorucit|kezbesithetetlen|nem sikerult kezbesiteni|teslim edilemedi|iletilemedi|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|δεν ηταν δυνατη"
                    + "|не (?:может быть |было |удалось )?(?:доставлен|отправлен)|не удалось доставить|недостав|невозможно доставить|не вдалося доставити"
                    + "|送信できません|配信できません|配送できません|届けられません|お届けできません|エラーメール|配信エラー|送信エラー|送れません|配信不能|退信|无法投递|無法投遞|投递失败|投遞失敗|未能送达|无法送达|發送失敗|发送失败|被退回|無法傳遞|전송 실패|반송|배달되지|발송 실패|전달되지");

    private FailureWords() {}

    private static Pattern of(String words) {
        return Pattern.compile(
                withoutAccents(words), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE);
    }

    private static String withoutAccents(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    }

    /** Whether the words speak of mail that did not arrive, or not yet, or did. */
    static boolean areIn(String text) {
        String plain = withoutAccents(text);
        return FAILED.matcher(plain).find()
                || GOES_ON.matcher(plain).find()
                || DELIVERED.matcher(plain).find();
    }

    /**
     * What became of a message.
     *
     * @param subject subject of the notice; empty when there is none
     * @param text words of the notice, and of the reply that it quotes
     * @return {@code UNKNOWN} when the words do not say
     */
    static Outcome verdict(String subject, String text) {
        String title = withoutAccents(subject);
        String all = title + "\n" + withoutAccents(text);
        boolean stopped = STOPPED.matcher(all).find();
        if (GOES_ON.matcher(all).find() && !stopped) {
            return Outcome.DEFERRED;
        }
        if (DELAY_MENTIONED.matcher(title).find() && !FAILED.matcher(title).find() && !stopped) {
            return Outcome.DEFERRED;
        }
        if (DELIVERED.matcher(all).find() && !FAILED.matcher(all).find()) {
            return Outcome.DELIVERED;
        }
        if (EXPIRED.matcher(all).find()) {
            return Outcome.EXPIRED;
        }
        return stopped || FAILED.matcher(all).find() ? Outcome.BOUNCED : Outcome.UNKNOWN;
    }
}
