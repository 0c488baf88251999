// What things are called, which colour they have, and whose trouble they are: the same on every page.

/** Outcomes as the figures name them, from the bottom of a stack to its top: trouble stands on the line, to be compared. */
export const OUTCOMES = [
    { key: 'hard', name: 'Hard bounces', verb: 'bounced hard', trouble: true },
    { key: 'soft', name: 'Soft bounces', verb: 'bounced soft', trouble: true },
    { key: 'deferred', name: 'Deferred', verb: 'deferred', trouble: true },
    { key: 'complained', name: 'Complaints', verb: 'complained about', trouble: true },
    { key: 'notAttempted', name: 'Not attempted', verb: 'not attempted', trouble: false },
    { key: 'delivered', name: 'Delivered', verb: 'delivered', trouble: false },
];

/** Outcomes that are trouble. */
export const TROUBLES = OUTCOMES.filter((outcome) => outcome.trouble);

/** Whose side a scope is on. */
export const SIDES = {
    us: { name: 'Us', says: 'Yours to mend: reputation, content, sender set-up' },
    them: { name: 'Them', says: 'At the receiving end: their domain or their servers' },
    list: { name: 'The list', says: 'The recipients: addresses that do not work, or do not want mail' },
    unknown: { name: 'Unclear', says: 'Replies that do not say' },
};

/** Scopes, those of one side next to each other; and what there is more of when failures of a scope are up. */
export const SCOPES = [
    { key: 'REPUTATION', name: 'Reputation', side: 'us', surge: 'Refusals for reputation' },
    { key: 'CONTENT', name: 'Content', side: 'us', surge: 'Refusals of content' },
    { key: 'SENDER', name: 'Sender', side: 'us', surge: 'Refusals of the sender' },
    { key: 'RECIPIENT', name: 'Recipient', side: 'list', surge: 'Bad addresses' },
    { key: 'DOMAIN', name: 'Domain', side: 'them', surge: 'Domains that take no mail' },
    { key: 'INFRASTRUCTURE', name: 'Infrastructure', side: 'them', surge: 'Troubles of receiving servers' },
    { key: 'UNKNOWN', name: 'Unknown', side: 'unknown', surge: 'Unexplained failures' },
];

const scopesByKey = new Map(SCOPES.map((scope) => [scope.key, scope]));

/** A scope; what the table does not have is unknown. */
export function scopeOf(key) {
    return scopesByKey.get(key) ?? scopesByKey.get('UNKNOWN');
}

/** Categories: scope, name in a sentence, and what a receiver with much of it does. A test compares names and scopes with the taxonomy. */
export const CATEGORIES = {
    BAD_MAILBOX: { scope: 'RECIPIENT', name: 'unknown mailboxes', does: 'does not know many recipients' },
    MAILBOX_MOVED: { scope: 'RECIPIENT', name: 'moved mailboxes', does: 'says that mailboxes have moved' },
    MAILBOX_DISABLED: { scope: 'RECIPIENT', name: 'disabled mailboxes', does: 'reports disabled mailboxes' },
    MAILBOX_FULL: { scope: 'RECIPIENT', name: 'full mailboxes', does: 'reports full mailboxes' },
    MAILBOX_UNAVAILABLE: { scope: 'RECIPIENT', name: 'unavailable mailboxes', does: 'reports unavailable mailboxes' },
    DOMAIN_NOT_FOUND: { scope: 'DOMAIN', name: 'domains not found', does: 'is not in the DNS' },
    DOMAIN_REFUSES_MAIL: { scope: 'DOMAIN', name: 'domains without mail', does: 'takes no mail' },
    HOST_UNREACHABLE: { scope: 'DOMAIN', name: 'unreachable hosts', does: 'cannot be reached' },
    ROUTING_FAILED: { scope: 'DOMAIN', name: 'failed routing', does: 'cannot be routed to' },
    EXPIRED: { scope: 'INFRASTRUCTURE', name: 'expiry in the queue', does: 'lets messages expire' },
    RECEIVER_ERROR: { scope: 'INFRASTRUCTURE', name: 'errors of the receiver', does: 'has trouble of its own' },
    PROTOCOL_ERROR: { scope: 'INFRASTRUCTURE', name: 'protocol errors', does: 'does not agree on SMTP' },
    RELAY_DENIED: { scope: 'SENDER', name: 'denied relaying', does: 'denies relaying' },
    SENDER_REJECTED: { scope: 'SENDER', name: 'rejected senders', does: 'refuses the sender address' },
    AUTHENTICATION_FAILED: { scope: 'SENDER', name: 'failed authentication', does: 'finds authentication failing' },
    SECURITY_REQUIRED: { scope: 'SENDER', name: 'missing security', does: 'asks for more security' },
    POLICY_REJECTED: { scope: 'SENDER', name: 'rejection by policy', does: 'rejects by policy' },
    RECIPIENT_FILTER: { scope: 'SENDER', name: 'personal filters', does: 'filters for its recipients' },
    SPAM_CONTENT: { scope: 'CONTENT', name: 'spam verdicts', does: 'takes mail for spam' },
    VIRUS_OR_ATTACHMENT: { scope: 'CONTENT', name: 'forbidden attachments', does: 'refuses attachments' },
    MESSAGE_TOO_LARGE: { scope: 'CONTENT', name: 'oversize messages', does: 'finds messages too large' },
    MESSAGE_FORMAT: { scope: 'CONTENT', name: 'malformed messages', does: 'finds messages malformed' },
    BLOCKED: { scope: 'REPUTATION', name: 'blocks', does: 'is blocking' },
    RATE_LIMITED: { scope: 'REPUTATION', name: 'rate limits', does: 'is throttling' },
    GREYLISTED: { scope: 'REPUTATION', name: 'greylisting', does: 'is greylisting' },
    LOCAL_REJECTED: { scope: 'SENDER', name: 'own refusals', does: 'was refused by your own platform' },
    COMPLAINT: { scope: 'RECIPIENT', name: 'complaints', does: 'sends more complaints' },
    AUTO_REPLY: { scope: 'UNKNOWN', name: 'automatic replies', does: 'sends automatic replies' },
    DELIVERED: { scope: 'UNKNOWN', name: 'deliveries', does: 'delivers' },
    UNDETERMINED: { scope: 'UNKNOWN', name: 'reasons not determined', does: 'fails more, and does not say why' },
};

/** A category as the taxonomy writes it, in words: Rate limited. */
export function categoryName(category) {
    return category.charAt(0) + category.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** The scope of a category. */
export function scopeOfCategory(category) {
    return scopeOf(CATEGORIES[category]?.scope);
}

/** Attempts that went wrong. */
export function failed(figures) {
    return figures.deferred + figures.soft + figures.hard + figures.complained;
}

/** Policies that ship. A test compares them with those of the sources. */
export const PRESETS = ['default', 'cautious', 'amazon-ses', 'postal', 'cloudflare', 'mailchimp'];
