package dev.rebound.statistics;

/**
 * Whose mail to whom is counted.
 *
 * @param kind what the name is
 * @param tenant whose mail
 * @param name a receiving domain in A-label form, or a provider
 */
public record Subject(Kind kind, String tenant, String name) {

    /** The provider of mail whose receiving server is not recognised. */
    public static final String UNKNOWN_PROVIDER = "unknown";

    /** Stands for the domains that get no rows of their own, because a tenant's day has too many; no domain can be called so. */
    public static final String OTHER_DOMAINS = "(other)";

    /** What can be counted. */
    public enum Kind {
        /** A receiving domain. */
        DOMAIN,
        /** Who hosts receiving domains. */
        PROVIDER
    }

    /** A receiving domain. */
    public static Subject domain(String tenant, String domain) {
        return new Subject(Kind.DOMAIN, tenant, domain);
    }

    /** A provider; null is {@link #UNKNOWN_PROVIDER}. */
    public static Subject provider(String tenant, String provider) {
        return new Subject(Kind.PROVIDER, tenant, provider == null ? UNKNOWN_PROVIDER : provider);
    }

    /** Whether this stands for the domains that have no rows of their own. */
    public boolean isOthers() {
        return kind == Kind.DOMAIN && name.equals(OTHER_DOMAINS);
    }

    /** All domains of the tenant that have no rows of their own. */
    public Subject others() {
        return new Subject(kind, tenant, OTHER_DOMAINS);
    }
}
