/** HTTP: one server, routes that each say who may ask, limits on what a client can take up. */
package dev.rebound.http;
