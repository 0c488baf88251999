package dev.rebound.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.AnyEvents;
import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.event.EventKey.InvalidEventException.Reason;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeyTest {

    @ParameterizedTest
    @CsvSource({
        "someone@example.com, default|someone@example.com",
        "Some.One+Tag@Example.COM, default|some.one+tag@example.com",
        "' <someone@example.com> ', default|someone@example.com",
        "ü@Bücher.example, default|ü@xn--bcher-kva.example",
        "a|b@example.com, default|a|b@example.com"
    })
    void theKeyIsTenantAndNormalisedRecipient(String recipient, String key) throws InvalidEventException {
        assertThat(EventKey.of(AnyEvents.plain().setRecipient(recipient).build()))
                .isEqualTo(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theTenantIsTakenAsItIs() throws InvalidEventException {
        assertThat(EventKey.of(AnyEvents.plain().setTenant("ACME-é").build()))
                .isEqualTo("ACME-é|someone@example.com".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a|b", "a\tb", "a\nb", "\u0000", "\u007f", "\u2028", "\ud800"})
    void aTenantThatCannotBePartOfAKeyIsRefused(String tenant) {
        assertThat(Tenants.isValid(tenant)).isFalse();
        assertRefused(AnyEvents.plain().setTenant(tenant), Reason.INVALID_TENANT, "tenant cannot be part of a key");
    }

    @Test
    void aTenantHasAtMostItsLength() {
        assertThat(Tenants.isValid("x".repeat(Tenants.MAX_LENGTH))).isTrue();
        assertThat(Tenants.isValid("x".repeat(Tenants.MAX_LENGTH + 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "@example.com", "a@", "a@b..c", "\ud800@example.com"})
    void aRecipientThatIsNoAddressIsRefused(String recipient) {
        assertRefused(AnyEvents.plain().setRecipient(recipient), Reason.INVALID_RECIPIENT, "recipient: ");
    }

    @Test
    void anOutcomeThatIsNotKnownIsRefused() {
        assertRefused(
                AnyEvents.plain().setOutcome(Outcome.UNKNOWN),
                Reason.UNKNOWN_OUTCOME,
                "outcome is not known to this version of Rebound");
    }

    @Test
    void anEventWithoutRecipientIsRefused() {
        DeliveryEvent event = new DeliveryEvent();
        event.put("tenant", "default");
        event.put("outcome", Outcome.DELIVERED);

        assertThat(refusal(event)).map(InvalidEventException::reason).contains(Reason.INVALID_RECIPIENT);
    }

    /** Addresses are personal data, and reasons end up in headers and logs. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aRefusalNeverRepeatsTheAddress(@ForAll("texts") String text) {
        String recipient = "secret.person" + text;

        refusal(AnyEvents.plain().setRecipient(recipient).build())
                .ifPresent(e -> assertThat(e).hasMessageNotContaining("secret"));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyEventHasAKeyThatStaysTheSameOrAReason(@ForAll("events") DeliveryEvent event) throws InvalidEventException {
        if (refusal(event).isPresent()) {
            return;
        }
        String key = new String(EventKey.of(event), StandardCharsets.UTF_8);

        String recipient = key.substring(key.indexOf('|') + 1);
        DeliveryEvent normalised =
                DeliveryEvent.newBuilder(event).setRecipient(recipient).build();
        assertThat(EventKey.of(normalised)).isEqualTo(EventKey.of(event));
    }

    /** As records have it nearly always; a copy each time would be garbage. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void theGivenKeyIsTheAnswerWhereItIsTheRightOne(@ForAll("events") DeliveryEvent event)
            throws InvalidEventException {
        if (refusal(event).isEmpty()) {
            assertGivenKeyIsTheAnswerWhereRight(event);
        }
    }

    /** Nearly all addresses are such, and hardly any of those that are made up. */
    @Test
    void theGivenKeyOfAPlainAddressIsTheAnswerWhereItIsTheRightOne() throws InvalidEventException {
        assertGivenKeyIsTheAnswerWhereRight(AnyEvents.plain()
                .setTenant("acme")
                .setRecipient("jo.doe+news@mail.example.org")
                .build());
    }

    private static void assertGivenKeyIsTheAnswerWhereRight(DeliveryEvent event) throws InvalidEventException {
        byte[] key = EventKey.of(event);

        assertThat(EventKey.of(event, key)).isSameAs(key);
        for (int i = 0; i < key.length; i++) {
            byte[] wrong = key.clone();
            wrong[i] ^= 0x20;
            assertThat(EventKey.of(event, wrong)).isEqualTo(key);
        }
        assertThat(EventKey.of(event, Arrays.copyOf(key, key.length + 1))).isEqualTo(key);
        assertThat(EventKey.of(event, new byte[0])).isEqualTo(key);
        assertThat(EventKey.of(event, null)).isEqualTo(key);
    }

    private static Optional<InvalidEventException> refusal(DeliveryEvent event) {
        try {
            EventKey.of(event);
            return Optional.empty();
        } catch (InvalidEventException e) {
            return Optional.of(e);
        }
    }

    private static void assertRefused(DeliveryEvent.Builder event, Reason reason, String message) {
        assertThatThrownBy(() -> EventKey.of(event.build()))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith(message);
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyEvents.texts();
    }

    @Provide
    Arbitrary<DeliveryEvent> events() {
        return AnyEvents.events();
    }
}
