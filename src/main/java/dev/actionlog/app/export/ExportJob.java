package dev.actionlog.app.export;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.actionlog.app.outage.DatabaseFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Background job that makes exports, and ends those whose node has died.
 */
@Component
@EnableScheduling
class ExportJob {

	private static final Log logger = LogFactory.getLog(ExportJob.class);

	private final ExportService service;

	private final ExportFile file;

	private final ExportRepository exports;

	private final AsyncTaskExecutor executor;

	private final Set<String> running = ConcurrentHashMap.newKeySet();

	ExportJob(ExportService service, ExportFile file, ExportRepository exports,
			AsyncTaskExecutor applicationTaskExecutor) {
		this.service = service;
		this.file = file;
		this.exports = exports;
		this.executor = applicationTaskExecutor;
	}

	/**
	 * Queues the job, which counts as alive from now on. Where the queue is full, it has
	 * no heartbeat and is found as one whose node has died.
	 */
	@TransactionalEventListener
	void queue(ExportRequested request) {
		this.running.add(request.job());
		try {
			this.executor.execute(() -> run(request));
		}
		catch (TaskRejectedException ex) {
			this.running.remove(request.job());
			logger.error("The queue of exports is full: no export for " + request.username(), ex);
		}
	}

	private void run(ExportRequested request) {
		try {
			this.service.finish(request, this.file.make(request.username()));
		}
		// the user must be told of any failure
		catch (IOException | RuntimeException ex) {
			logger.error("The export of " + request.username() + " failed",
					DatabaseFailure.isUnreachable(ex) ? null : ex);
			fail(request);
		}
		finally {
			this.running.remove(request.job());
		}
	}

	/**
	 * Where the database is away now, the job is found as one whose node has died.
	 */
	private void fail(ExportRequested request) {
		try {
			this.service.fail(request);
		}
		catch (RuntimeException ex) {
			if (!DatabaseFailure.isUnreachable(ex)) {
				throw ex;
			}
		}
	}

	/**
	 * Tells within a minute of a node that has died.
	 */
	@Scheduled(fixedDelayString = "PT10S")
	void watch() {
		this.running.forEach(this.exports::beat);
		this.exports.findSilent().forEach(this.service::fail);
		this.exports.deleteOld();
	}

}
