/** What a mail says about mail that was sent: delivery reports, notices in free text, complaints, and what is none of them. */
package dev.rebound.mail;
