/**
 * What is counted of mail, without Kafka: windows and subjects, counters, sketches, and how they are stored. Everything here can be
 * added up in any order and any grouping and gives the same.
 */
package dev.rebound.statistics;
