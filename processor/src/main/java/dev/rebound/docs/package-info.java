/** Pages of documentation that a command prints; a test compares them with the files in the repository. */
package dev.rebound.docs;
