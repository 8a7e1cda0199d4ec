/** Helpers of tests in several packages. Those of one package stand in that. */
package io.github.workqueue.testing;
