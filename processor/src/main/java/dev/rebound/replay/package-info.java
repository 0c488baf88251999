/** Topic replay: the past once more, in a world of its own, by other rules if so wished; at the edges only, the rules are elsewhere. */
package dev.rebound.replay;
