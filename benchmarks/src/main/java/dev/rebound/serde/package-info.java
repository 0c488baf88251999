/** What reading and writing events costs. */
package dev.rebound.serde;
