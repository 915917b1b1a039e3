// Enhancements of the pages, all of which work without this script.
(() => {
	'use strict';

	const language = document.documentElement.lang;
	const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

	// Announcements to screen readers: a live region has to be there before its text.

	function announce(words, urgent) {
		const region = document.createElement('div');
		region.className = 'unseen';
		region.setAttribute('role', urgent ? 'alert' : 'status');
		document.body.append(region);
		setTimeout(() => { region.textContent = words; }, 200);
		setTimeout(() => region.remove(), 10_000);
	}

	// Relative times: how long ago an action of the last hour was, by the server's clock.

	const justNow = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
	const relative = new Intl.RelativeTimeFormat(language);

	const history = document.getElementById('action-history');
	if (history) {
		let ahead;
		let labels;
		let today;
		const day = (now) => {
			try {
				return new Date(now).toLocaleDateString('en', { timeZone: history.dataset.zone });
			}
			// a zone that the server knows and the browser does not
			catch {
				return '';
			}
		};
		const refresh = () => {
			const now = Date.now() - ahead;
			// for an hour: then the time of the day says more
			labels.forEach(({ label, time }) => {
				const minutes = Math.floor((now - time) / 60_000);
				label.textContent = minutes >= 60 ? '' : minutes > 0 ? relative.format(-minutes, 'minute') : justNow;
			});
			// "New" is for the first minute
			if (labels.length > 0 && now - labels[0].time >= 60_000) {
				history.querySelector('mark')?.remove();
			}
			if (day(now) !== today) {
				history.querySelectorAll('h3 > strong').forEach((nearby) => nearby.remove());
			}
		};
		const begin = () => {
			ahead = Date.now() - Date.parse(history.dataset.now);
			today = day(Date.now() - ahead);
			labels = [...history.querySelectorAll('li > time')].map((time) => {
				const label = document.createElement('small');
				label.className = 'ago';
				label.title = time.textContent;
				time.after(label);
				return { label, time: Date.parse(time.dateTime) };
			});
			refresh();
		};
		begin();
		// the list is new
		history.addEventListener('actionlog:actions', begin);
		setInterval(refresh, 30_000);
		document.addEventListener('visibilitychange', () => document.hidden || refresh());
	}

	// Messages: all are announced once, those that come later by their region, and each gets a button that dismisses it, several one more.

	const stack = document.getElementById('flash-messages');
	const messages = () => [...stack?.querySelectorAll('[data-level]') ?? []];
	const [one, all] = document.getElementById('dismiss')?.content.children ?? [];
	let number = 0;
	const addButton = (message) => {
		const words = message.querySelector('[dir]');
		words.id = `message-${number++}`;
		message.append(one.cloneNode(true));
		message.lastElementChild.setAttribute('aria-describedby', words.id);
	};
	// what is left of the list when messages have come or gone
	const tidy = () => {
		const left = messages().length;
		stack.querySelectorAll(':scope > details:not(:has([data-level]))').forEach((earlier) => earlier.remove());
		const last = stack.querySelector(':scope > button') ?? all.cloneNode(true);
		if (left > 1) {
			// the region says the messages without it
			last.setAttribute('aria-live', 'off');
			// a button that is moved loses the focus
			const focused = document.activeElement === last;
			stack.append(last);
			if (focused) {
				last.focus();
			}
		}
		else {
			last.remove();
		}
		if (left === 0) {
			stack.removeAttribute('aria-label');
		}
	};
	const drop = (dropped) => {
		dropped.forEach((message) => message.remove());
		tidy();
	};
	const visible = () => messages().filter((message) => !message.closest('details:not([open])'));
	if (stack && one) {
		if (messages().length > 0) {
			announce(visible().map((message) => message.textContent.trim()).join('\n'),
				visible().some((message) => message.dataset.level === 'error'));
			document.querySelector('main > .dismiss').remove();
			messages().forEach(addButton);
			tidy();
		}
		stack.addEventListener('actionlog:messages', (event) => {
			event.detail.messages.forEach((message) => {
				addButton(message);
				// the region says the message without it
				message.lastElementChild.setAttribute('aria-live', 'off');
			});
			tidy();
		});
		stack.addEventListener('click', (event) => {
			const button = event.target.closest('button[type=button]');
			if (!button) {
				return;
			}
			const message = button.closest('[data-level]');
			const shown = visible();
			const place = shown.indexOf(message);
			const next = message ? shown[place + 1] ?? shown[place - 1] : undefined;
			drop(message ? [message] : messages());
			(next?.querySelector('button[type=button]') ?? stack.querySelector('summary') ?? document.querySelector('h1')).focus();
		});
	}

	// The bell: what was shown before, without leaving the page. Nothing is loaded until it is opened.

	const bell = document.querySelector('#bell:not([aria-current])');
	if (bell) {
		const details = document.createElement('details');
		details.className = 'bell';
		const summary = details.appendChild(document.createElement('summary'));
		const panel = details.appendChild(document.createElement('div'));
		summary.append(...bell.childNodes);
		bell.replaceWith(details);
		details.addEventListener('toggle', async () => {
			panel.replaceChildren();
			if (!details.open) {
				return;
			}
			try {
				const response = await fetch(bell.dataset.recent);
				const page = new DOMParser().parseFromString(await response.text(), 'text/html');
				panel.replaceChildren(document.adoptNode(page.getElementById('recent-messages')));
			}
			// no connection, or no such list because the session has ended: the page says so
			catch {
				location.assign(bell.href);
			}
		});
		document.addEventListener('click', (event) => {
			if (!details.contains(event.target)) {
				details.open = false;
			}
		});
		details.addEventListener('keydown', (event) => {
			if (event.key === 'Escape' && details.open) {
				details.open = false;
				summary.focus();
			}
		});
	}

	// The export: its state is renewed when a message has come, which may be the one that says that it is ready.

	const renewed = document.getElementById('export');
	if (renewed) {
		document.addEventListener('actionlog:messages', async () => {
			try {
				const response = await fetch(renewed.dataset.state);
				const page = new DOMParser().parseFromString(await response.text(), 'text/html');
				const state = document.adoptNode(page.getElementById('export'));
				// most messages are about something else
				if (state.querySelector('h2').textContent !== renewed.querySelector('h2').textContent) {
					renewed.replaceChildren(...state.childNodes);
				}
			}
			catch {
				// the message has a link to this page
			}
		});
	}

	// The zone of the device: sent when signing up, and offered in the settings.

	document.querySelectorAll('input[data-device-zone]').forEach((input) => { input.value = deviceZone; });
	const useZone = document.getElementById('device-zone');
	const zone = document.getElementById('timeZone');
	// the list offers what begins as the field does, so typing replaces it
	zone?.addEventListener('focus', () => zone.select());
	if (useZone && deviceZone && zone.value !== deviceZone) {
		useZone.lastElementChild.textContent = deviceZone;
		useZone.hidden = false;
		useZone.addEventListener('click', () => {
			zone.value = deviceZone;
			useZone.hidden = true;
			zone.focus();
		});
	}

	// The recovery code: a button that copies it, where the browser lets a page do that.

	const copy = document.getElementById('copy');
	if (copy && navigator.clipboard) {
		copy.hidden = false;
		copy.addEventListener('click', async () => {
			try {
				await navigator.clipboard.writeText(document.getElementById('code').textContent);
				document.getElementById('copied').textContent = copy.dataset.done;
				copy.textContent = copy.dataset.done;
			}
			catch {
				// the browser was told not to; the code can be selected
				copy.hidden = true;
			}
		});
	}

	// Passwords: a button on each field shows what is typed, until the form is sent.

	const toggle = document.getElementById('show-password')?.content.firstElementChild;
	if (toggle) {
		document.querySelectorAll('input[type=password]').forEach((input) => {
			const place = document.createElement('div');
			place.className = 'show-password';
			place.append(toggle.cloneNode(true));
			const show = (shown) => {
				input.type = shown ? 'text' : 'password';
				place.firstElementChild.setAttribute('aria-pressed', shown);
			};
			const [label] = input.labels;
			label.id = `${input.id}-label`;
			place.firstElementChild.setAttribute('aria-describedby', label.id);
			// while it is text
			input.spellcheck = false;
			input.autocapitalize = 'none';
			input.after(place);
			place.firstElementChild.addEventListener('click', () => show(input.type === 'password'));
			input.form.addEventListener('submit', () => show(false));
			addEventListener('pagehide', () => show(false));
		});
	}

	// Forms: one whose button is pressed twice is sent once.

	const sent = new Set();
	document.addEventListener('submit', (event) => {
		if (sent.has(event.target)) {
			event.preventDefault();
		}
		else if (!event.defaultPrevented) {
			sent.add(event.target);
			setTimeout(() => sent.delete(event.target), 60_000);
		}
	});

	// The photo: its preview, and the progress of its upload.

	const form = document.getElementById('photo-form');
	if (form) {
		const input = form.elements.photo;
		const preview = document.getElementById('photo-preview');
		const picture = preview.querySelector('img');
		const progress = document.getElementById('photo-progress');
		const bar = progress.querySelector('progress');
		// the browser's own name of the file is in the browser's language, and hidden
		const name = document.createElement('span');
		name.setAttribute('aria-hidden', 'true');
		name.dir = 'auto';
		input.after(name);
		let request;

		function showError(words) {
			let error = document.getElementById('photo-error');
			if (!error) {
				error = document.createElement('small');
				error.id = 'photo-error';
				error.className = 'error';
				name.after(error);
				input.setAttribute('aria-describedby', 'photo-help photo-error');
			}
			error.textContent = words;
			input.setAttribute('aria-invalid', 'true');
			input.focus();
			announce(words, true);
		}

		function stop() {
			progress.hidden = true;
			request = undefined;
		}

		// A photo that is too large for the server, by its bytes or its pixels, is sent as a smaller one, of twice what the server keeps of it.
		const MAX_SIDE = 1024;
		const MAX_PIXELS = 16_000_000;

		async function shrunk(file) {
			try {
				const bitmap = await createImageBitmap(file);
				if (file.size <= Number(input.dataset.maxSize) && bitmap.width * bitmap.height <= MAX_PIXELS) {
					return file;
				}
				const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
				const canvas = document.createElement('canvas');
				canvas.width = Math.max(1, Math.round(bitmap.width * scale));
				canvas.height = Math.max(1, Math.round(bitmap.height * scale));
				canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
				const type = file.type === 'image/jpeg' ? file.type : 'image/png';
				const smaller = await new Promise((resolve) => { canvas.toBlob(resolve, type); });
				return new File([smaller], file.name, { type });
			}
			catch {
				// the server says what is wrong with it
				return file;
			}
		}

		// The file to send, or undefined, with the error that says why there is none. The browser may know more formats than the server.
		async function chosen() {
			const [file] = input.files;
			if (!file) {
				return undefined;
			}
			const known = file.type === '' || input.accept.split(',').includes(file.type);
			const sent = known ? await shrunk(file) : file;
			if (input.files[0] !== file) {
				return undefined;
			}
			if (!known || sent.size > Number(input.dataset.maxSize)) {
				showError(known ? input.dataset.tooLarge : input.dataset.format);
				return undefined;
			}
			return sent;
		}

		input.addEventListener('change', async () => {
			document.getElementById('photo-error')?.remove();
			input.removeAttribute('aria-invalid');
			input.setAttribute('aria-describedby', 'photo-help');
			URL.revokeObjectURL(picture.src);
			preview.hidden = true;
			name.textContent = input.files[0]?.name ?? '';
			const file = await chosen();
			if (file) {
				picture.src = URL.createObjectURL(file);
			}
		});
		// the button is no place where a browser takes a file
		form.addEventListener('dragover', (event) => event.preventDefault());
		form.addEventListener('drop', (event) => {
			event.preventDefault();
			if (event.dataTransfer.files.length > 0) {
				input.files = event.dataTransfer.files;
				input.dispatchEvent(new Event('change'));
			}
		});
		picture.addEventListener('load', () => { preview.hidden = false; });

		form.addEventListener('submit', async (event) => {
			event.preventDefault();
			if (request) {
				return;
			}
			request = new XMLHttpRequest();
			const file = await chosen();
			if (input.files[0] && !file) {
				request = undefined;
				return;
			}
			if (file && file !== input.files[0]) {
				const files = new DataTransfer();
				files.items.add(file);
				input.files = files.files;
			}
			const body = new FormData(form);
			request.open('POST', form.action);
			request.setRequestHeader('Accept', 'application/json');
			request.responseType = 'json';
			request.upload.addEventListener('progress', ({ loaded, total }) => { bar.value = loaded / total; });
			// all is sent, and the server processes it
			request.upload.addEventListener('load', () => bar.removeAttribute('value'));
			request.addEventListener('load', ({ target }) => {
				if (target.status === 204 || target.status === 401) {
					// the profile page, or the sign-in page
					location.assign(form.dataset.done);
				}
				else if (target.status === 403 || target.status === 429) {
					// the page that says that the form has expired, or how long to wait
					form.submit();
				}
				else {
					stop();
					showError(target.response?.photo ?? form.dataset.failed);
				}
			});
			request.addEventListener('abort', stop);
			request.addEventListener('error', () => {
				stop();
				showError(form.dataset.failed);
			});
			bar.value = 0;
			progress.hidden = false;
			announce(form.dataset.sending);
			request.send(body);
		});
	}

	// A page from the back/forward cache: its messages have been read, and its forms can be sent again.

	addEventListener('pageshow', (event) => {
		if (event.persisted) {
			if (stack) {
				drop(messages());
			}
			sent.clear();
		}
	});
})();
