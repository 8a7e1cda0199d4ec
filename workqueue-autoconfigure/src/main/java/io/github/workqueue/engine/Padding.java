package io.github.workqueue.engine;

/**
 * Superclass of objects whose first field is written by other threads than its neighbours
 * in memory: keeps them on different cache lines.
 */
@SuppressWarnings("unused")
abstract class Padding {

	@Confined("padding, touched by nobody")
	private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

}
