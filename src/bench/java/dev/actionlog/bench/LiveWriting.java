package dev.actionlog.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Writing with live delivery on, beside the same application without it, on the same
 * database. Of the 1,000 users 100 have a stream, and the application listens to other
 * nodes.
 */
@NullUnmarked
public abstract class LiveWriting extends TwoSides {

	private static final int STREAMS = 100;

	private final List<Socket> streams = new ArrayList<>();

	private Node live;

	private Node without;

	static Comparison records() {
		return InProcess.throughput("record with live delivery, to without", LiveRecord.class, 0.95, 0.95, 0.95);
	}

	static Comparison messages() {
		return InProcess.throughput("flash message sent with live delivery, to without", LiveSend.class, 0.95, 0.95,
				0.95);
	}

	@Override
	void prepare() throws IOException {
		String url = Server.url(Server.SHARED);
		this.live = Node.startLive(url, Site.class);
		this.without = Node.startFilled(url);
		try (HttpConnection connection = new HttpConnection(this.live.port())) {
			for (int user = 1; user <= STREAMS; user++) {
				this.streams.add(open(this.live.port(),
						connection.send(Site.signIn(Data.user(user))).sessionCookie().orElseThrow(), ""));
			}
		}
	}

	/**
	 * Opens a stream, of which only the beginning is read.
	 * @param query what names the browser
	 */
	static Socket open(int port, String cookie, String query) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.getOutputStream().write(HttpConnection.request("GET", "/actionlog/live" + query, "", cookie));
		byte[] status = socket.getInputStream().readNBytes(12);
		Assert.state(status.length == 12 && status[9] == '2', "The stream was refused");
		return socket;
	}

	@Override
	void begin(boolean reference) {
		this.live.jdbc().sql("truncate actionlog_flash").update();
	}

	@Override
	@Nullable Object library() {
		write(this.live);
		return null;
	}

	@Override
	@Nullable Object reference() {
		write(this.without);
		return null;
	}

	abstract void write(Node node);

	@Override
	void close() {
		this.live.close();
		this.without.close();
	}

}
