/**
 * The command line. Standard output carries a command's result and nothing else; progress and errors go to standard error.
 */
package dev.rebound.cli;
