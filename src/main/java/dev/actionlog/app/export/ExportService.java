package dev.actionlog.app.export;

import java.util.Optional;
import java.util.UUID;

import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.AccountRepository;
import dev.actionlog.app.security.SecurityEventType;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Service that starts and ends exports. A change and the message that tells the user of
 * it are one transaction. Starting locks the account, ending the row of the export, which
 * goes with the account: a deleted account gets no message.
 */
@Service
@Transactional
class ExportService {

	private static final FlashDraft READY = ofExport(FlashLevel.SUCCESS,
			Text.of("export.ready").link("/settings/export"));

	private static final FlashDraft FAILED = ofExport(FlashLevel.ERROR, Text.of("export.failed"))
		.action("/settings/export", "export.again");

	private final ExportRepository exports;

	private final AccountRepository accounts;

	private final FlashSender sender;

	private final SecurityEvents securityEvents;

	private final ApplicationEventPublisher events;

	ExportService(ExportRepository exports, AccountRepository accounts, FlashSender sender,
			SecurityEvents securityEvents, ApplicationEventPublisher events) {
		this.exports = exports;
		this.accounts = accounts;
		this.sender = sender;
		this.securityEvents = securityEvents;
		this.events = events;
	}

	/**
	 * Starts an export. Where one is running, does nothing. The page says that it runs.
	 */
	void start(Account account) {
		String username = this.accounts.getForUpdate(account).getUsername();
		ExportRequested request = new ExportRequested(username, UUID.randomUUID().toString());
		if (this.exports.start(username, request.job())) {
			this.securityEvents.record(username, SecurityEventType.EXPORT_STARTED);
			this.events.publishEvent(request);
		}
	}

	void finish(ExportRequested request, byte[] content) {
		if (this.exports.finish(request.username(), request.job(), content)) {
			this.sender.send(request.username(), READY);
		}
	}

	void fail(ExportRequested request) {
		if (this.exports.fail(request.username(), request.job())) {
			this.sender.send(request.username(), FAILED);
		}
	}

	/**
	 * A message that takes the place of an earlier one about exports, which nobody has
	 * seen yet.
	 */
	private static FlashDraft ofExport(FlashLevel level, Text text) {
		return FlashDraft.of(level, text).key("export");
	}

	@Transactional(readOnly = true)
	Optional<ExportState> state(String username) {
		return this.exports.findState(username);
	}

	@Transactional(readOnly = true)
	Optional<byte[]> file(String username) {
		return this.exports.findFile(username);
	}

}
