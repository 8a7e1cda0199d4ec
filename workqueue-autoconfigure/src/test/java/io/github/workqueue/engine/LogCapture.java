package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the engine logs while this is open.
 */
public final class LogCapture extends Handler implements AutoCloseable {

	private final Logger logger = Logger.getLogger(WorkqueueEngine.class.getPackageName());

	private final List<String> messages = new CopyOnWriteArrayList<>();

	public LogCapture() {
		setLevel(Level.WARNING);
		this.logger.addHandler(this);
	}

	/** The messages that contain a text, warnings and errors alike. */
	public List<String> containing(String text) {
		return this.messages.stream().filter((message) -> message.contains(text)).toList();
	}

	@Override
	public void publish(LogRecord record) {
		this.messages.add(record.getMessage());
	}

	@Override
	public void flush() {
		// nothing is kept back
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
	}

}
