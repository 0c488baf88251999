package dev.rebound.generate;

import java.util.List;

/**
 * What a message belongs to.
 *
 * @param tenant whose mail
 * @param stream kind of mail within the tenant
 * @param campaign name of the campaign; null: none
 * @param tags labels
 * @param domain sending domain, reserved by RFC 2606
 * @param sourceAddress IP address that it is sent from (RFC 5737)
 * @param attempts how often it is tried at most
 */
record Mailing(
        String tenant,
        String stream,
        String campaign,
        List<String> tags,
        String domain,
        String sourceAddress,
        int attempts) {

    /** What people wait for, such as receipts and new passwords: given up soon. */
    static Mailing transactional(String tenant, String tag) {
        return new Mailing(tenant, "transactional", null, List.of(tag), tenant + ".sender.example", "192.0.2.10", 4);
    }

    /** A campaign: tried for two hours. */
    static Mailing campaign(String tenant, String name) {
        return new Mailing(tenant, "marketing", name, List.of(), "news." + tenant + ".sender.example", "192.0.2.20", 6);
    }
}
