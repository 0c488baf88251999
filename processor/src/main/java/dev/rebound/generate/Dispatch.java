package dev.rebound.generate;

/** A new message and how it goes. */
record Dispatch(Message message, Course course) {}
