package dev.actionlog.live;

import java.util.function.BiConsumer;

/**
 * The other nodes of the application, as far as hints go between them.
 */
interface OtherNodes {

	/**
	 * Tells the others, soon and from another thread.
	 * @param username the user, or an empty text for all users
	 */
	void tell(String username, Hint hint);

	/**
	 * Begins to listen to the others.
	 * @param hints takes what they tell
	 */
	void listen(BiConsumer<String, Hint> hints);

	/**
	 * Stops listening, soon.
	 */
	void close();

	/** Nobody else is told. */
	OtherNodes NONE = new OtherNodes() {

		@Override
		public void tell(String username, Hint hint) {
		}

		@Override
		public void listen(BiConsumer<String, Hint> hints) {
		}

		@Override
		public void close() {
		}

	};

}
