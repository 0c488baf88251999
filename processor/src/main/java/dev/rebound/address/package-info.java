/** E-mail addresses in the one form that Rebound uses for keys. */
package dev.rebound.address;
