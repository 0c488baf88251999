package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordMaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 No such user john.doe here | john.doe | 550 No such user *** here",
                "mailbox for KIM is full | kim | mailbox for *** is full",
                "kim, kim: Kim | kim | ***, ***: ***",
                "no kimono for akim | kim | no kimono for akim",
                "550 5.1.1 User unknown | user | 550 5.1.1 User unknown",
                "550 ab is not here | ab | 550 ab is not here",
                "nobody here | kim | nobody here",
                "ÄRGER und Ärger | ärger | *** und ***",
                "\u212Aim is away | kim | *** is away",
            })
    void masksWholeWordsThatNameThePerson(String text, String word, String masked) {
        assertThat(WordMask.mask(text, word)).isEqualTo(masked);
    }
}
