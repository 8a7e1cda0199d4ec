package io.github.workqueue.engine;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/**
 * A wait, and what ends it. The end may come before the wait begins.
 */
final class Blockage implements AutoCloseable {

	/** The ways in which a handler may come to wait. */
	enum Kind {

		PARK(true), SLEEP(true), MONITOR(true), MANAGED_BLOCKER(true), PROCESS_WAIT(true),

		SOCKET_READ(false), SOCKET_ACCEPT(false), PIPE_READ(false), FILE_OPEN(false), SELECT(false);

		private final boolean visible;

		Kind(boolean visible) {
			this.visible = visible;
		}

		/** Whether Java's thread state shows it. */
		boolean isVisible() {
			return this.visible;
		}

		Blockage make() throws Exception {
			return switch (this) {
				case PARK -> park();
				case SLEEP -> sleep();
				case MONITOR -> monitor();
				case MANAGED_BLOCKER -> managedBlocker();
				case PROCESS_WAIT -> processWait();
				case SOCKET_READ -> socketRead();
				case SOCKET_ACCEPT -> socketAccept();
				case PIPE_READ -> pipeRead();
				case FILE_OPEN -> fileOpen();
				case SELECT -> select();
			};
		}

	}

	/** A step of a wait. */
	interface Step {

		void run() throws Exception;

	}

	/** What ends a wait; it does not wait itself. */
	interface Key {

		void turn() throws IOException;

	}

	private final Step block;

	private final Key release;

	private final List<Closeable> resources;

	private boolean released;

	private Blockage(Step block, Key release, Closeable... resources) {
		this.block = block;
		this.release = release;
		this.resources = new ArrayList<>(List.of(resources));
	}

	/** Waits until {@link #release()} is called. */
	void block() throws Exception {
		this.block.run();
	}

	void release() throws IOException {
		if (!this.released) {
			this.released = true;
			this.release.turn();
		}
	}

	@Override
	public void close() throws IOException {
		release();
		for (Closeable resource : this.resources) {
			resource.close();
		}
	}

	private static Blockage park() {
		CountDownLatch end = new CountDownLatch(1);
		return new Blockage(end::await, end::countDown);
	}

	private static Blockage sleep() {
		CountDownLatch end = new CountDownLatch(1);
		Step sleep = () -> {
			while (end.getCount() > 0) {
				Thread.sleep(20);
			}
		};
		return new Blockage(sleep, end::countDown);
	}

	private static Blockage monitor() throws InterruptedException {
		Object monitor = new Object();
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		helper(() -> {
			synchronized (monitor) {
				held.countDown();
				end.await();
			}
		});
		held.await();
		Step enter = () -> {
			synchronized (monitor) {
				end.countDown();
			}
		};
		return new Blockage(enter, end::countDown);
	}

	private static Blockage managedBlocker() {
		CountDownLatch end = new CountDownLatch(1);
		ForkJoinPool.ManagedBlocker blocker = new ForkJoinPool.ManagedBlocker() {

			@Override
			public boolean block() throws InterruptedException {
				end.await();
				return true;
			}

			@Override
			public boolean isReleasable() {
				return end.getCount() == 0;
			}

		};
		return new Blockage(() -> ForkJoinPool.managedBlock(blocker), end::countDown);
	}

	private static Blockage processWait() throws IOException {
		Process cat = new ProcessBuilder("cat").start();
		return new Blockage(cat::waitFor, cat.getOutputStream()::close, cat.getInputStream());
	}

	private static Blockage pipeRead() throws IOException {
		Process cat = new ProcessBuilder("cat").start();
		return new Blockage(cat.getInputStream()::read, cat.getOutputStream()::close);
	}

	private static Blockage socketRead() throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
		Socket peer = server.accept();
		return new Blockage(client.getInputStream()::read, () -> peer.getOutputStream().write(1), client, peer, server);
	}

	private static Blockage socketAccept() throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		Key connect = () -> new Socket(server.getInetAddress(), server.getLocalPort()).close();
		return new Blockage(() -> server.accept().close(), connect, server);
	}

	/** Opening a named pipe waits for the other side. */
	private static Blockage fileOpen() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("fifo");
		Path fifo = directory.resolve("fifo");
		if (new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() != 0) {
			throw new IOException("mkfifo failed");
		}
		Step read = () -> {
			try (FileInputStream in = new FileInputStream(fifo.toFile())) {
				in.read();
			}
		};
		Key write = () -> helper(() -> new FileOutputStream(fifo.toFile()).close());
		return new Blockage(read, write, () -> Files.deleteIfExists(fifo), () -> Files.deleteIfExists(directory));
	}

	private static Blockage select() throws IOException {
		Selector selector = Selector.open();
		return new Blockage(selector::select, selector::wakeup, selector);
	}

	private static void helper(Step body) {
		Thread thread = new Thread(() -> {
			try {
				body.run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, "blockage");
		thread.setDaemon(true);
		thread.start();
	}

}
