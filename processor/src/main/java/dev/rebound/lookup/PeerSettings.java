package dev.rebound.lookup;

import org.apache.kafka.common.config.types.Password;

/**
 * How instances reach each other: as clients reach them.
 *
 * @param scheme http or https; certificates are checked by what the Java virtual machine trusts
 * @param token what they want to see; null when none is configured
 * @param bodyBytes largest body that they take
 */
public record PeerSettings(String scheme, Password token, int bodyBytes) {}
