package io.github.workqueue.annotation;

/**
 * When a request reaches the queue. <pre class="code">
 * &#064;Work(name = "confirm", enqueue = Enqueue.AFTER_COMMIT)
 * void confirm(Long order) {
 * 	mails.confirm(order);
 * }
 * </pre>
 */
public enum Enqueue {

	/**
	 * At once.
	 */
	IMMEDIATE,

	/**
	 * After the transaction of the caller has been committed, never if it is rolled back;
	 * at once where there is no transaction. All requests of one transaction for an item
	 * or key are one.
	 */
	AFTER_COMMIT

}
