package io.github.workqueue.benchmark.report;

/**
 * A bar of a picture.
 *
 * @param label in front of it
 * @param value its length; infinite if there is no end
 * @param ours whether it is the engine's
 */
record Bar(String label, double value, boolean ours) {

}
