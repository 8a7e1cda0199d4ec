package io.github.workqueue.spring;

final class HandlerBatchWork<K> {

	HandlerBatchWork(String name, WorkSupport support) {
	}

}
