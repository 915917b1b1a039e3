package dev.actionlog.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The way to a server on this machine, which a test can cut, or let swallow all that is
 * sent, as a network does whose machine is gone.
 */
public final class Cable implements AutoCloseable {

	private final int serverPort;

	private final int port;

	private final Queue<Socket> ends = new ConcurrentLinkedQueue<>();

	private volatile ServerSocket entrance;

	private volatile boolean swallowing;

	/**
	 * Lays a cable.
	 * @param serverPort the port of the server
	 * @throws IOException if there is no port for it
	 */
	public Cable(int serverPort) throws IOException {
		this.serverPort = serverPort;
		this.entrance = open(0);
		this.port = this.entrance.getLocalPort();
	}

	/**
	 * Where this end of the cable is.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Ends all connections, and lets none be made.
	 * @throws IOException if that fails
	 */
	public void cut() throws IOException {
		this.entrance.close();
		endConnections();
	}

	/**
	 * Ends all connections; new ones can be made.
	 */
	public void endConnections() {
		for (Socket end = this.ends.poll(); end != null; end = this.ends.poll()) {
			close(end);
		}
	}

	/**
	 * Swallows all that is sent, of connections that are open and of new ones.
	 */
	public void swallow() {
		this.swallowing = true;
	}

	/**
	 * Lets everything pass again, on new connections.
	 * @throws IOException if the port is taken
	 */
	public void mend() throws IOException {
		endConnections();
		this.swallowing = false;
		if (this.entrance.isClosed()) {
			this.entrance = open(this.port);
		}
	}

	private ServerSocket open(int port) throws IOException {
		ServerSocket opened = new ServerSocket();
		opened.setReuseAddress(true);
		opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
		start(() -> {
			while (true) {
				connect(opened.accept(), opened);
			}
		});
		return opened;
	}

	private void connect(Socket near, ServerSocket through) throws IOException {
		Socket far = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
		this.ends.add(near);
		this.ends.add(far);
		if (through.isClosed()) {
			// whoever cut the cable may not have seen this connection
			close(near);
			close(far);
		}
		start(() -> pass(near, far));
		start(() -> pass(far, near));
	}

	private void pass(Socket from, Socket to) throws IOException {
		try {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
				if (!this.swallowing) {
					output.write(buffer, 0, read);
				}
			}
		}
		finally {
			if (!this.swallowing) {
				close(from);
				close(to);
			}
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// cut
			}
		}, "cable");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Closeable end) {
		try {
			end.close();
		}
		catch (IOException ex) {
			// it is of no use any more
		}
	}

	@Override
	public void close() throws IOException {
		cut();
	}

	private interface Work {

		void run() throws IOException;

	}

}
