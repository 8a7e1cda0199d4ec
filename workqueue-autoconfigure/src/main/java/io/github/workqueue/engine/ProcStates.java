package io.github.workqueue.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

import io.github.workqueue.engine.ThreadProbe.NativeState;
import io.github.workqueue.engine.ThreadProbe.NativeStates;
import org.jspecify.annotations.Nullable;

/**
 * Reads the states of this process's threads from Linux's {@code /proc}: the one truth
 * about a thread in a socket read, which Java calls RUNNABLE. Channels are kept open
 * between two looks, because opening costs more than reading. Elsewhere, or if reading
 * fails, nothing is known.
 */
final class ProcStates implements NativeStates {

	private static final System.Logger logger = System.getLogger(ProcStates.class.getName());

	private static final Path SELF = Path.of("/proc/thread-self");

	private static final boolean available = Files.isSymbolicLink(SELF);

	@Confined("the thread that uses the object")
	private Map<Long, FileChannel> channels = new HashMap<>();

	/** The state is behind the name, and the name is 15 bytes at most: this is enough. */
	private final ByteBuffer buffer = ByteBuffer.allocateDirect(128);

	/** The calling thread's number in the system, 0 if there is no telling. */
	static long currentTid() {
		if (!available) {
			return 0;
		}
		try {
			return Long.parseLong(Files.readSymbolicLink(SELF).getFileName().toString());
		}
		catch (IOException | NumberFormatException ex) {
			logger.log(Level.DEBUG, "the number of " + Thread.currentThread().getName() + " could not be read", ex);
			return 0;
		}
	}

	@Override
	public NativeState of(long tid) {
		if (tid == 0) {
			return NativeState.UNKNOWN;
		}
		try {
			this.buffer.clear();
			channel(tid).read(this.buffer, 0);
			return parse(this.buffer.flip());
		}
		catch (IOException ex) {
			forget(tid, ex);
			return NativeState.UNKNOWN;
		}
	}

	private FileChannel channel(long tid) throws IOException {
		FileChannel channel = this.channels.get(tid);
		if (channel == null) {
			channel = FileChannel.open(Path.of("/proc/self/task/" + tid + "/stat"), StandardOpenOption.READ);
			this.channels.put(tid, channel);
		}
		return channel;
	}

	/** Finds the letter behind the last bracket: names hold blanks and brackets. */
	static NativeState parse(ByteBuffer stat) {
		for (int i = stat.limit() - 3; i >= 0; i--) {
			if (stat.get(i) == ')') {
				byte state = stat.get(i + 2);
				return (state == 'S' || state == 'D') ? NativeState.SLEEPING : NativeState.RUNNING;
			}
		}
		return NativeState.UNKNOWN;
	}

	private void forget(long tid, IOException cause) {
		if (!(cause instanceof NoSuchFileException)) {
			logger.log(Level.DEBUG, "the state of thread " + tid + " could not be read", cause);
		}
		close(this.channels.remove(tid));
	}

	@Override
	public void close() {
		Map<Long, FileChannel> open = this.channels;
		this.channels = new HashMap<>();
		open.values().forEach(ProcStates::close);
	}

	private static void close(@Nullable FileChannel channel) {
		if (channel == null) {
			return;
		}
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.log(Level.DEBUG, "closing a file of /proc failed", ex);
		}
	}

}
