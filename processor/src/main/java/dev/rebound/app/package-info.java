/** The running application: connections, start, health and stop. */
package dev.rebound.app;
