package dev.actionlog.app.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.sql.DataSource;

import dev.actionlog.app.ActionLogApplication;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.testing.Answer;
import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Database;
import dev.actionlog.testing.Extent;
import dev.actionlog.testing.Pictures;
import dev.actionlog.testing.QuickPasswords;
import dev.actionlog.testing.Together;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests for the export of a user's data, on a real server and both databases.
 */
@ParameterizedClass
@EnumSource(value = Database.class, names = { "H2", "POSTGRESQL" })
@NullUnmarked
class ExportIT {

	private static final String PAGE = "/settings/export";

	private static final String FILE = PAGE + "/file";

	private static final String READY = "Your data is ready to be downloaded";

	private static final String FAILED = "Your data could not be prepared";

	private static final Pattern STATE = Pattern.compile("<h2 id=\"export-state\">([^<]*)</h2>");

	private static ConfigurableApplicationContext app;

	@Parameter
	Database database;

	private final String name = App.newName();

	private final Browser browser = signUp(this.name);

	private final ExportFile file = AopTestUtils.getTargetObject(app.getBean(ExportFile.class));

	/** When the job has begun, and when it may go on. */
	private final Semaphore begun = new Semaphore(0);

	private final Semaphore open = new Semaphore(0);

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		Extent.assumeAllOr(database == Database.H2);
		List<String> settings = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--logging.level.root=off", QuickPasswords.SETTING));
		database.create().forEach((name, value) -> settings.add("--" + name + "=" + value));
		app = new SpringApplicationBuilder(ActionLogApplication.class, Spies.class, QuickPasswords.class)
			.run(settings.toArray(String[]::new));
		// the tests call watch() themselves
		app.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks().forEach((task) -> task.cancel());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		app.close();
	}

	@Test
	void answersAtOnceAndTellsWhenTheFileIsThere() throws Exception {
		holdJob(true);
		assertThat(this.browser.get(PAGE).text()).contains(">Prepare the download</button>");
		assertThat(state()).isEqualTo("No download prepared");
		Answer answer = startExport();
		assertThat(answer.status()).isEqualTo(303);
		assertThat(answer.location()).isEqualTo(PAGE);
		Answer page = this.browser.follow(answer);
		assertThat(page.messages()).isEmpty();
		assertThat(state(page)).isEqualTo("The download is being prepared");
		assertThat(page.text()).doesNotContain(">Prepare the download</button>", FILE);
		assertThat(this.browser.get(FILE).status()).isEqualTo(404);
		this.open.release();
		Answer told = awaitMessage();
		assertThat(told.messages()).containsExactly(READY);
		assertThat(told.text()).contains("data-level=\"success\"", "href=\"" + PAGE + "\"");
		Answer ready = this.browser.get(PAGE);
		assertThat(ready.messages()).isEmpty();
		assertThat(state(ready)).matches("Ready until \\d+ \\p{L}+ \\d{4}, \\d\\d:\\d\\d");
		assertThat(ready.text()).contains("href=\"" + FILE + "\"", ">Prepare a new one</button>");
		assertThat(download().header("Content-Disposition"))
			.isEqualTo("attachment; filename=\"actionlog-" + this.name + ".zip\"");
	}

	@Test
	void theStateAloneIsForTheScriptAndConsumesNoMessage() throws Exception {
		finishExport();
		app.getBean(FlashSender.class).send(this.name, FlashLevel.INFO, "waits");
		Answer fragment = this.browser.get(PAGE + "/state");
		assertThat(state(fragment)).startsWith("Ready until ");
		assertThat(fragment.text().strip()).startsWith("<article id=\"export\"").endsWith("</article>");
		assertThat(this.browser.get("/profile").messages()).containsExactly("waits");
	}

	@Test
	void thePageIsInPortugueseAndTheZoneOfTheReaderToo() throws Exception {
		finishExport();
		this.browser.post("/settings", "language", "pt-BR", "timeZone", "Asia/Kolkata");
		String indian = state();
		this.browser.post("/settings", "language", "en", "timeZone", "UTC");
		LocalTime until = LocalTime.parse(state().replaceAll(".* ", ""));
		assertThat(indian).contains(" de ").endsWith(", " + until.plusHours(5).plusMinutes(30)).doesNotContain("Ready");
	}

	@Test
	void hasAllDataOfTheUser() throws Exception {
		this.browser.upload("/profile/photo", Map.of("photo", Pictures.jpeg(20, 20)));
		this.browser.post("/profile/name", "name", "Ann of Lisbon");
		finishExport();
		Map<String, byte[]> files = unzip(download());
		assertThat(files).containsOnlyKeys("data.json", "photo.jpeg");
		assertThat(files.get("photo.jpeg")).isEqualTo(this.browser.get("/profile/photo/file").body());
		JsonNode data = json(files);
		assertThat(data.at("/profile/username").asString()).isEqualTo(this.name);
		assertThat(data.at("/profile/displayName").asString()).isEqualTo("Ann of Lisbon");
		assertThat(data.at("/profile/photo").asString()).isEqualTo("photo.jpeg");
		assertThat(data.at("/actions").valueStream().map((line) -> line.get("text").asString()))
			.containsExactly("Name changed to Ann of Lisbon", "Photo changed", "Signed up");
	}

	@Test
	void hasThisForm() throws Exception {
		this.browser.get("/profile");
		app.getBean(FlashSender.class)
			.send(this.name, FlashDraft.of(FlashLevel.WARNING, Text.of("hello").link("/settings")));
		app.getBean(FlashSender.class).send(this.name, new FlashLevel(31), "31");
		startExport();
		awaitEndOfJobs();
		String json = new String(unzip(download()).get("data.json"), StandardCharsets.UTF_8);
		assertThat(json.replaceAll("\\s+", "")
			.replaceAll("\"at\":\"[0-9T:.-]+Z\"", "\"at\":\"…\"")
			.replaceAll("\"timeZone\":\"[^\"]+\"", "\"timeZone\":\"…\""))
			.isEqualTo("{\"profile\":{\"username\":\"" + this.name + "\",\"displayName\":\"" + this.name
					+ "\",\"language\":\"en\",\"timeZone\":\"…\"},"
					+ "\"actions\":[{\"at\":\"…\",\"text\":\"Signedup\"}],"
					+ "\"messages\":[{\"at\":\"…\",\"level\":\"warning\",\"text\":\"hello\",\"link\":\"/settings\"},"
					+ "{\"at\":\"…\",\"level\":\"31\",\"text\":\"31\"}]}");
	}

	@Test
	void hasNoPhotoWhereThereIsNone() throws Exception {
		finishExport();
		assertThat(unzip(download())).containsOnlyKeys("data.json");
	}

	@Test
	void collectingConsumesNoMessage() throws Exception {
		this.browser.get("/profile");
		app.getBean(FlashSender.class).send(this.name, FlashLevel.WARNING, "hello");
		startExport();
		awaitEndOfJobs();
		assertThat(json(unzip(download())).at("/messages").valueStream().map((line) -> line.get("text").asString()))
			.contains("hello");
		assertThat(this.browser.get("/profile").messages()).containsExactly("hello", READY);
	}

	@Test
	void tellsThatItFailed() throws Exception {
		doThrow(new IOException("for the test")).when(this.file).make(this.name);
		startExport();
		awaitEndOfJobs();
		Answer told = this.browser.get("/settings");
		assertThat(told.messages()).containsExactly(FAILED);
		assertThat(told.text()).contains("data-level=\"error\"")
			.containsPattern("<form action=\"/settings/export\" method=\"post\">"
					+ "<input type=\"hidden\" name=\"_csrf\"[^>]*><button>Try again</button></form>");
		assertThat(state()).isEqualTo("It could not be prepared");
		assertThat(this.browser.get(PAGE).text()).contains(">Try again</button>").doesNotContain(FILE);
		assertThat(this.browser.get(FILE).status()).isEqualTo(404);
	}

	@Test
	void canBeStartedAgainAfterItFailed() throws Exception {
		doThrow(new IllegalStateException("for the test")).doCallRealMethod().when(this.file).make(this.name);
		startExport();
		awaitEndOfJobs();
		assertThat(this.browser.get("/profile").messages()).contains(FAILED);
		finishExport();
		assertThat(unzip(download())).containsKey("data.json");
	}

	@Test
	void runsOnceAtTheSameTime() throws Exception {
		holdJob(true);
		startExport();
		this.begun.acquire();
		Answer page = this.browser.follow(startExport());
		assertThat(page.messages()).isEmpty();
		assertThat(state(page)).isEqualTo("The download is being prepared");
		this.open.release();
		assertThat(awaitMessage().messages()).containsExactly(READY);
		verify(this.file, times(1)).make(this.name);
	}

	@Test
	void simultaneousStartsGiveOneJob() throws Exception {
		holdJob(true);
		Browser[] tabs = { this.browser, signIn(), signIn(), signIn() };
		for (Browser tab : tabs) {
			tab.get("/profile");
		}
		Together.run(tabs.length, (tab) -> assertThat(tabs[tab].post(PAGE).status()).isEqualTo(303));
		this.open.release(tabs.length);
		awaitEndOfJobs();
		verify(this.file, times(1)).make(this.name);
		assertThat(this.browser.get("/profile").messages()).containsExactly(READY);
	}

	@Test
	void isReplacedByTheNext() throws Exception {
		finishExport();
		this.browser.post("/profile/name", "name", "Ann of Lisbon");
		finishExport();
		assertThat(json(unzip(download())).at("/profile/displayName").asString()).isEqualTo("Ann of Lisbon");
		assertThat(exports()).isOne();
	}

	@Test
	void isTheOwnersOnly() throws Exception {
		finishExport();
		String bob = App.newName();
		Browser other = signUp(bob);
		assertThat(other.get(FILE).status()).isEqualTo(404);
		assertThat(state(other.get(PAGE))).isEqualTo("No download prepared");
		other.post(PAGE);
		awaitEndOfJobs();
		assertThat(json(unzip(other.get(FILE))).at("/profile/username").asString()).isEqualTo(bob);
	}

	@Test
	void isNotForAnonymousVisitors() {
		Browser anonymous = new Browser(port());
		for (String path : List.of(PAGE, FILE, PAGE + "/state")) {
			assertThat(anonymous.get(path).location()).startsWith("/login");
		}
		assertThat(anonymous.post(PAGE).location()).isEqualTo("/login");
	}

	@Test
	void isGoneAfterADay() throws Exception {
		finishExport();
		age("23' hour");
		app.getBean(ExportJob.class).watch();
		assertThat(this.browser.get(FILE).status()).isEqualTo(200);
		age("2' hour");
		assertThat(this.browser.get(FILE).status()).isEqualTo(404);
		assertThat(state()).isEqualTo("No download prepared");
		app.getBean(ExportJob.class).watch();
		assertThat(exports()).isZero();
	}

	@Test
	void anotherNodeTellsOfTheJobOfDeadNode() throws Exception {
		holdJob(true);
		this.browser.follow(startExport());
		this.begun.acquire();
		age("20' second");
		otherNode().watch();
		assertThat(this.browser.get("/profile").messages()).isEmpty();
		age("40' second");
		otherNode().watch();
		assertThat(this.browser.get("/profile").messages()).containsExactly(FAILED);
		// the node was only slow: what comes now comes too late
		this.open.release();
		awaitEndOfJobs();
		assertThat(this.browser.get("/profile").messages()).isEmpty();
		assertThat(this.browser.get(FILE).status()).isEqualTo(404);
	}

	@Test
	void lateEndOfDeadJobDoesNotDisturbTheNext() throws Exception {
		holdJob(false);
		this.browser.follow(startExport());
		this.begun.acquire();
		age("40' second");
		this.browser.post("/profile/name", "name", "Ann of Lisbon");
		holdJob(true);
		this.browser.follow(startExport());
		this.begun.acquire();
		this.open.release(2);
		awaitEndOfJobs();
		assertThat(this.browser.get("/profile").messages()).containsExactly(READY);
		assertThat(json(unzip(download())).at("/profile/displayName").asString()).isEqualTo("Ann of Lisbon");
	}

	@Test
	void heartbeatKeepsLongJobAlive() throws Exception {
		holdJob(true);
		this.browser.follow(startExport());
		this.begun.acquire();
		age("40' second");
		app.getBean(ExportJob.class).watch();
		otherNode().watch();
		this.open.release();
		assertThat(awaitMessage().messages()).containsExactly(READY);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void doesNotBringDeletedAccountBack(boolean beforeCollecting) throws Exception {
		holdJob(beforeCollecting);
		startExport();
		this.begun.acquire();
		assertThat(this.browser.post("/settings/delete", "password", App.PASSWORD).status()).isEqualTo(303);
		this.open.release();
		awaitEndOfJobs();
		assertThat(exports()).isZero();
		assertThat(jdbc().sql("select count(*) from actionlog_profile where username = ?")
			.param(this.name)
			.query(Integer.class)
			.single()).isZero();
	}

	private void holdJob(boolean beforeCollecting) throws IOException {
		doAnswer((call) -> {
			Object early = beforeCollecting ? null : call.callRealMethod();
			this.begun.release();
			if (!this.open.tryAcquire(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody let the job go on");
			}
			return (early != null) ? early : call.callRealMethod();
		}).when(this.file).make(this.name);
	}

	/**
	 * A job bean of another node, which runs no job itself.
	 */
	private static ExportJob otherNode() {
		return new ExportJob(app.getBean(ExportService.class), app.getBean(ExportFile.class),
				app.getBean(ExportRepository.class), executor());
	}

	private Answer startExport() {
		return this.browser.post(PAGE);
	}

	private String state() {
		return state(this.browser.get(PAGE));
	}

	private static String state(Answer page) {
		Matcher state = STATE.matcher(page.text());
		assertThat(state.find()).as(page.toString()).isTrue();
		return state.group(1);
	}

	private void finishExport() throws Exception {
		startExport();
		awaitEndOfJobs();
		assertThat(this.browser.get("/profile").messages()).endsWith(READY);
	}

	private static void awaitEndOfJobs() throws Exception {
		ThreadPoolTaskExecutor executor = executor();
		Together.eventually(() -> executor.getActiveCount() == 0 && executor.getQueueSize() == 0);
	}

	private Answer awaitMessage() throws Exception {
		Answer[] page = new Answer[1];
		Together.eventually(() -> {
			page[0] = this.browser.get("/profile");
			return !page[0].messages().isEmpty();
		});
		return page[0];
	}

	private void age(String time) {
		assertThat(
				jdbc().sql("update export set heartbeat_at = heartbeat_at - interval '" + time + " where username = ?")
					.param(this.name)
					.update())
			.isOne();
	}

	private int exports() {
		return jdbc().sql("select count(*) from export where username = ?")
			.param(this.name)
			.query(Integer.class)
			.single();
	}

	private Answer download() {
		Answer file = this.browser.get(FILE);
		assertThat(file.status()).isEqualTo(200);
		assertThat(file.header("Content-Type")).isEqualTo("application/zip");
		return file;
	}

	private static Map<String, byte[]> unzip(Answer file) throws IOException {
		Map<String, byte[]> files = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.body()), StandardCharsets.UTF_8)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				files.put(entry.getName(), zip.readAllBytes());
			}
		}
		return files;
	}

	private static JsonNode json(Map<String, byte[]> files) {
		return JsonMapper.shared().readTree(files.get("data.json"));
	}

	private static ThreadPoolTaskExecutor executor() {
		return app.getBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class);
	}

	private static JdbcClient jdbc() {
		return JdbcClient.create(app.getBean(DataSource.class));
	}

	private static int port() {
		return app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private Browser signIn() {
		Browser other = new Browser(port());
		assertThat(other.post("/login", "username", this.name, "password", App.PASSWORD).status()).isEqualTo(303);
		return other;
	}

	private static Browser signUp(String name) {
		Browser browser = new Browser(port());
		assertThat(browser.post("/sign-up", "username", name, "password", App.PASSWORD).status()).isEqualTo(303);
		browser.get("/profile");
		return browser;
	}

	static class Spies implements BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String beanName) {
			return (bean instanceof ExportFile) ? spy(bean) : bean;
		}

	}

}
