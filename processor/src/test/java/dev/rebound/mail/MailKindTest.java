package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.ShippedTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailKindTest {

    private static final Set<String> PLAIN = Set.of("text/plain");
    private static final String FROM_ANN = "Return-Path: <ann@example.net>\nFrom: Ann <ann@example.net>\n";
    private static final String FROM_SYSTEM =
            "Return-Path: <>\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@example.net>\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Out of Office: Things of this week",
                "Automatic reply: Undeliverable: Things of this week",
                "Automatische Antwort: Neues der Woche",
                "Réponse automatique : Nouvelles",
                "Respuesta automática: Novedades",
                "Resposta automática: Novidades",
                "Risposta automatica: Novità",
                "Automatisch antwoord: Nieuws",
                "Odpowiedź automatyczna: Nowości",
                "Autosvar: Veckans nytt",
                "Automatisk svar: Nyheder",
                "Automaattinen vastaus: Uutiset",
                "Automatická odpověď: Novinky",
                "Автоматический ответ: Новости",
                "自動返信: 今週のお知らせ",
                "自动回复: 本周新闻",
                "자동 회신: 이번 주 소식",
                "Otomatik yanıt: Haberler",
            })
    void theSubjectOfAnAutomaticReplyIsKnownInManyLanguages(String subject) {
        assertThat(kind("Return-Path: <>\nFrom: Ann <ann@example.net>\nSubject: " + subject, "..."))
                .contains(SetAsideReason.AUTOMATIC_REPLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am out of the office until Monday.",
                "Ich bin derzeit nicht im Büro.",
                "Je suis actuellement absent.",
                "Estoy de vacaciones hasta el lunes.",
                "Estarei ausente até segunda-feira.",
                "Sono in ferie fino a lunedì.",
                "Ik ben op vakantie tot maandag.",
                "Jestem na urlopie do poniedziałku.",
                "Jag är på semester till måndag.",
                "Jeg er på ferie til mandag.",
                "Olen lomalla maanantaihin asti.",
                "Jsem na dovolené do pondělí.",
                "Я в отпуске до понедельника.",
                "月曜日まで不在にしております。",
                "我正在休假，周一回来。",
                "월요일까지 부재중입니다.",
                "Pazartesiye kadar izindeyim.",
            })
    void theTextOfAnAutomaticReplyIsKnownInManyLanguages(String text) {
        assertThat(kind("From: Ann <ann@example.net>\nSubject: Re: Things", text))
                .contains(SetAsideReason.AUTOMATIC_REPLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied (vacation)",
                "X-Autoreply: yes",
                "X-Autorespond: Things",
                "Precedence: auto_reply",
                "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\nIn-Reply-To: <n1@sender.example.com>",
            })
    void theHeaderOfAnAutomaticReplyIsKnown(String field) {
        assertThat(kind(FROM_ANN + "Subject: Things\n" + field, "Back in February."))
                .contains(SetAsideReason.AUTOMATIC_REPLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Read: Things of this week | ...",
                "Not read: Things of this week | ...",
                "Gelesen: Neues der Woche | ...",
                "Lu : Nouvelles | ...",
                "開封済み: お知らせ | ...",
                "Things | Your message was read on Monday.",
            })
    void aReceiptIsKnownByItsWords(String subject, String text) {
        assertThat(kind("From: Ann <ann@example.net>\nSubject: " + subject, text))
                .contains(SetAsideReason.DISPOSITION_NOTIFICATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bitte bestätigen Sie Ihre Nachricht | ...",
                "Re: Nouvelles | Cette boîte est protégée par MailInBlack. Veuillez vous authentifier.",
                "Re: Things | Your message is being held until you confirm.",
            })
    void aChallengeIsKnownByItsWords(String subject, String text) {
        assertThat(kind(FROM_ANN + "Subject: " + subject, text)).contains(SetAsideReason.CHALLENGE);
    }

    @Test
    void aChallengeIsKnownByWhoSendsIt() {
        assertThat(kind("From: Ann <ann-k8@notify.boxbe.com>\nSubject: Your mail to Ann", "Not delivered yet."))
                .contains(SetAsideReason.CHALLENGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNSUBSCRIBE | ",
                "Abmeldung | ",
                "Re: Nouvelles | Merci de me retirer de votre liste.",
                "退订 | ",
                "Welcome to the talk list | ...",
                "Things | Please remove me from this list.",
            })
    void mailAboutASubscriptionIsKnownByItsWords(String subject, String text) {
        assertThat(kind(FROM_ANN + "Subject: " + subject, text == null ? "" : text))
                .contains(SetAsideReason.SUBSCRIPTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The user Ann does not exist.",
                "I am out of the office. 550 5.1.1 Ann: user unknown",
                "Votre message n'a pas pu être remis.",
                "Ihre Nachricht konnte nicht zugestellt werden.",
                "No se pudo entregar su mensaje.",
                "Ваше сообщение не доставлено.",
                "メールを配信できませんでした。メールは配信されません。",
            })
    void aBounceThatCallsItselfAutomaticIsNoAutomaticReply(String text) {
        assertThat(kind(FROM_SYSTEM + "Auto-Submitted: auto-replied\nSubject: your mail", text))
                .isEmpty();
        assertThat(kind(
                        "Return-Path: <>\nFrom: Ann <ann@example.net>\nAuto-Submitted: auto-replied\nSubject: your mail",
                        text))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: Undelivered Mail Returned to Sender",
                "Subject: Out of office\nX-Failed-Recipients: ann@example.net",
                "Subject: Out of office\nContent-Type: multipart/report; report-type=delivery-status",
                "Subject: =?utf-8?b?VW56dXN0ZWxsYmFyOiBOZXVlcw==?=",
            })
    void whatMailSystemsWriteIntoHeadersMakesABounce(String fields) {
        assertThat(kind(FROM_ANN + fields, "I am out of the office.")).isEmpty();
    }

    @Test
    void aMailSystemThatSaysNothingKnownIsNotOrdinary() {
        assertThat(kind(FROM_SYSTEM + "Subject: Things", "Qo'noSDaq yIjaH.")).isEmpty();
        assertThat(kind("Return-Path: <>\nFrom: Ann <ann@example.net>\nSubject: Things", "Qo'noSDaq yIjaH."))
                .isEmpty();
        assertThat(kind("From: Ann <ann@example.net>\nSubject: Things", "Qo'noSDaq yIjaH."))
                .isEmpty();
        assertThat(kind(FROM_ANN + "Subject: Things", "Qo'noSDaq yIjaH.")).contains(SetAsideReason.ORDINARY_MAIL);
    }

    @Test
    void aForwardedBounceIsNotOrdinary() {
        assertThat(kind(
                        FROM_ANN + "Subject: Fwd: look",
                        "See below.",
                        "> From: Mail Delivery Subsystem",
                        "> user unknown"))
                .isEmpty();
        assertThat(MailKind.of(header(FROM_ANN + "Subject: look"), List.of("See below."), Set.of("message/rfc822")))
                .isEmpty();
    }

    @Test
    void whoIsAwayMayQuoteWhatSpeaksOfFailure() {
        assertThat(kind(FROM_ANN + "Subject: Re: Things", "I am out of the office.", "> could not be delivered"))
                .contains(SetAsideReason.AUTOMATIC_REPLY);
    }

    @Test
    void aSubjectInRawOctetsIsRead() {
        String subject =
                new String("Réponse automatique".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(KindWords.subject(HeaderFields.of(List.of(new HeaderFields.Field("subject", subject)))))
                .isEqualTo("réponse automatique");
    }

    @Test
    void theTableHasAutomaticRepliesInEachLanguageAndNoRowThatNobodyReads() {
        List<Map<String, String>> rows =
                ShippedTable.at("/dev/rebound/mail/kinds.tsv").rows();

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("kind")).isIn("failure", "automatic-reply", "challenge", "read-receipt", "subscription");
            assertThat(row.get("place"))
                    .isIn(
                            row.get("kind").equals("failure")
                                    ? List.of("subject", "text")
                                    : List.of("subject", "subject-start", "subject-only", "text"));
            assertThat(row.get("phrase")).isNotBlank();
        });
        for (String place : List.of("subject", "text")) {
            assertThat(rows.stream()
                            .filter(row -> row.get("kind").equals("automatic-reply"))
                            .filter(row -> row.get("place").equals(place))
                            .map(row -> row.get("language")))
                    .contains("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "no", "fi", "cs", "ru", "ja")
                    .contains("zh", "ko", "tr");
        }
    }

    @Property(tries = 500)
    void anyTextGivesAnAnswer(
            @ForAll("values") String subject,
            @ForAll("values") String from,
            @ForAll @Size(max = 20) List<String> lines) {
        HeaderFields header = HeaderFields.of(List.of(
                new HeaderFields.Field("subject", subject),
                new HeaderFields.Field("from", from),
                new HeaderFields.Field("return-path", from)));

        assertThat(MailKind.of(header, lines, PLAIN)).isNotNull();
        assertThat(FeedbackReport.without(header, lines, Optional.empty())).isNotNull();
    }

    @Property(tries = 300)
    void whatAMailSystemSaysOfAFailureIsNeverOfAnotherKind(@ForAll("otherWords") List<String> lines) {
        List<String> failing = new ArrayList<>(lines);
        failing.add(0, "Your message could not be delivered.");

        assertThat(MailKind.of(header(FROM_SYSTEM + "Auto-Submitted: auto-replied\nSubject: Re: you"), failing, PLAIN))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<String>> otherWords() {
        List<String> phrases = ShippedTable.at("/dev/rebound/mail/kinds.tsv").rows().stream()
                .filter(row -> !row.get("kind").equals("failure"))
                .map(row -> row.get("phrase"))
                .toList();
        return Arbitraries.of(phrases).list().ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings()
                        .withChars("=?utf-8BQbq_<>@\"\\ \u00e9\ud83d")
                        .ofMaxLength(60));
    }

    private static Optional<SetAsideReason> kind(String header, String... lines) {
        return MailKind.of(header(header), List.of(lines), PLAIN);
    }

    private static HeaderFields header(String text) {
        return HeaderFields.ofHeader(text.getBytes(StandardCharsets.UTF_8));
    }
}
