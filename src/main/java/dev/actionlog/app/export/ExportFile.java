package dev.actionlog.app.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.actionlog.action.ActionService;
import dev.actionlog.app.account.Account;
import dev.actionlog.app.account.AccountRepository;
import dev.actionlog.app.profile.Photo;
import dev.actionlog.app.profile.PhotoRepository;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Maker of the ZIP file with the data of a user: {@code data.json}, and the photo where
 * there is one.
 */
@Component
class ExportFile {

	private final AccountRepository accounts;

	private final PhotoRepository photos;

	private final ActionService actions;

	private final FlashSender messages;

	private final TextResolver texts;

	private final JsonMapper json;

	ExportFile(AccountRepository accounts, PhotoRepository photos, ActionService actions, FlashSender messages,
			TextResolver texts, JsonMapper json) {
		this.accounts = accounts;
		this.photos = photos;
		this.actions = actions;
		this.messages = messages;
		this.texts = texts;
		this.json = json;
	}

	@Transactional(readOnly = true)
	byte[] make(String username) throws IOException {
		Account account = this.accounts.findById(username).orElseThrow();
		Locale language = account.getLanguage();
		Optional<Photo> photo = this.photos.findById(username);
		String photoName = photo.map((found) -> "photo." + found.getMediaType().replace("image/", "")).orElse(null);
		Data data = new Data(
				new Profile(username, account.getDisplayName(), language.toLanguageTag(), account.getTimeZone().getId(),
						photoName),
				this.actions.recentFor(username)
					.stream()
					.map((action) -> new Line(action.getRecordedAt(), null, said(action.getText(), language),
							action.getText().getLink()))
					.toList(),
				this.messages.peek(username)
					.stream()
					.map((message) -> new Line(message.sentAt(), message.level().toString(),
							said(message.text(), language), message.link()))
					.toList());
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(file)) {
			zip.putNextEntry(new ZipEntry("data.json"));
			zip.write(this.json.writerWithDefaultPrettyPrinter().writeValueAsBytes(data));
			if (photo.isPresent() && photoName != null) {
				zip.putNextEntry(new ZipEntry(photoName));
				zip.write(photo.get().getContent());
			}
		}
		return file.toByteArray();
	}

	private String said(Text text, Locale language) {
		return this.texts.resolve(text, language);
	}

	record Data(Profile profile, List<Line> actions, List<Line> messages) {
	}

	record Profile(String username, String displayName, String language, String timeZone, @Nullable String photo) {
	}

	record Line(Instant at, @Nullable String level, String text, @Nullable String link) {
	}

}
