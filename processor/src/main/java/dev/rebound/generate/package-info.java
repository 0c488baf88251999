/**
 * Delivery events as a large sender's would be, for trials and benchmarks: invented, and the same for the same plan, whatever
 * the machine, its locale and its clock.
 */
package dev.rebound.generate;
