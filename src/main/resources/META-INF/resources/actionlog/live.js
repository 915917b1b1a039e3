// Live delivery of actionlog: an open page shows new messages and actions without a reload. The server gives hints, and what is new comes
// as the fragments of a page. One visible tab of the browser has the stream; hidden tabs ask for nothing.
(() => {
	'use strict';

	const address = new URL('live', document.currentScript.src).href;
	const folder = new URL('..', address).pathname;
	// looked for each time, because another script may replace parts of the page
	const section = () => document.getElementById('flash-messages');
	const history = () => document.querySelector('#action-history[data-own]');

	// While this cookie is there, messages count as shown when the page says so. It also names the browser.

	const OFF = 'off';
	const OFF_SECONDS = 60;
	const setCookie = (value, attributes = '') => {
		document.cookie = `actionlog-live=${value}; path=${folder.replace(/(.)\/$/, '$1')}; samesite=lax${attributes}`
			+ (location.protocol === 'https:' ? '; secure' : '');
	};
	const cookie = document.cookie.match(/(?:^|; )actionlog-live=(\w+)/)?.[1];
	const browser = cookie && cookie !== OFF ? cookie : Math.random().toString(36).slice(2, 14);
	if (!cookie) {
		setCookie(browser);
	}

	let stopped = cookie === OFF;
	if (stopped) {
		setTimeout(() => {
			setCookie(browser);
			stopped = false;
			open();
		}, OFF_SECONDS * 1000);
	}
	let visit; // as long as this tab is visible
	let left = Promise.resolve(); // a page that is being left takes nothing
	const headers = { 'X-Requested-With': 'XMLHttpRequest' };
	const pause = (milliseconds, signal) => new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
		signal?.addEventListener('abort', resolve);
	});
	const visible = () => new Promise((resolve) => {
		const look = () => document.hidden || (document.removeEventListener('visibilitychange', look), resolve());
		document.addEventListener('visibilitychange', look);
		look();
	});

	function stop() {
		stopped = true;
		visit?.abort();
	}

	// Runs again if it was asked for meanwhile, but only once.
	function once(work) {
		let asked = 0;
		return async () => {
			if (asked++ === 0) {
				for (let done = 0; done < asked; await pause(250)) {
					done = asked;
					await work().catch(() => { /* a later hint or look brings it */ });
				}
				asked = 0;
			}
		};
	}

	// Signed out, or the application lets nobody through.
	const refused = (answer) => [401, 403, 404].includes(answer.status) || answer.type === 'opaqueredirect';

	async function fragment(name) {
		const answer = await fetch(`${address}/${name}`, { headers, cache: 'no-store', redirect: 'manual' });
		if (refused(answer)) {
			stop();
		}
		return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#flash-messages, #action-history') : null;
	}

	// Messages: appended to a status region, which is there before them, and confirmed when they can be seen.

	const FORM = ':scope > form[action$="/live/shown"]';
	const entries = (all) => [...all.children].filter((child) => child.localName !== 'form');

	// that these messages have come, or that some have gone
	function tell(all, messages) {
		all?.dispatchEvent(new CustomEvent('actionlog:messages', { bubbles: true, detail: { messages } }));
	}

	async function confirmShown(form, messages) {
		form.remove();
		await visible();
		for (let tries = 0; tries < 12; tries++) {
			try {
				const answer = await fetch(form.getAttribute('action'),
					{ method: 'POST', headers, body: new URLSearchParams(new FormData(form)), redirect: 'manual', keepalive: true });
				if (refused(answer)) {
					// for a minute the server decides what was shown: otherwise each page would show these messages again
					setCookie(OFF, `; max-age=${OFF_SECONDS}`);
					stop();
					return;
				}
				const { status } = answer;
				// another page shows them; after a failure it may be this one that was heard
				if (status === 410 && tries === 0) {
					const all = messages[0]?.parentElement;
					messages.forEach((message) => message.remove());
					if (all && !all.querySelector('[data-level]')) {
						all.removeAttribute('aria-label');
					}
					tell(all, []);
				}
				if (status < 500 && ![408, 409, 429].includes(status)) {
					return;
				}
			}
			catch {
				// the server or the network is away
			}
			await pause(2000);
		}
	}

	const takeMessages = once(async () => {
		await left;
		if (stopped || document.hidden || !section()) {
			return;
		}
		const fresh = await fragment('messages');
		const messages = fresh ? entries(fresh) : [];
		if (messages.length === 0) {
			return;
		}
		await left;
		await visible();
		const all = section();
		if (fresh.hasAttribute('aria-label')) {
			all.setAttribute('aria-label', fresh.getAttribute('aria-label'));
		}
		all.append(...messages);
		tell(all, messages.flatMap((part) => (part.matches('[data-level]') ? [part] : [...part.querySelectorAll('[data-level]')])));
		const form = fresh.querySelector(FORM);
		if (form) {
			confirmShown(form, messages);
		}
	});

	// Actions: the list is replaced, and the focus stays on the entry that has it.

	const renewActions = once(async () => {
		await left;
		if (stopped || document.hidden || !history()) {
			return;
		}
		const fresh = await fragment('actions');
		const list = history();
		if (fresh && list) {
			const place = (element) => element?.closest('li')?.querySelector('time')?.dateTime;
			const focused = list.contains(document.activeElement) ? place(document.activeElement) : undefined;
			const older = (all) => all.querySelector(':scope > details');
			const inSummary = older(list)?.firstElementChild === document.activeElement;
			if (older(fresh) && older(list)) {
				older(fresh).open = older(list).open;
			}
			Object.assign(list.dataset, fresh.dataset);
			list.replaceChildren(...fresh.childNodes);
			if (inSummary) {
				older(list)?.firstElementChild.focus({ preventScroll: true });
			}
			else if (focused) {
				[...list.querySelectorAll('a, summary')].find((link) => place(link) === focused)?.focus({ preventScroll: true });
			}
			list.dispatchEvent(new CustomEvent('actionlog:actions', { bubbles: true }));
		}
	});

	// The stream: one tab has it, takes the messages itself if it can show them, and tells other visible tabs the rest.

	function take(hint) {
		if (hint === 'messages') {
			takeMessages();
		}
		else if (hint === 'actions') {
			renewActions();
		}
	}

	async function read(answer, channel, alive) {
		const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
		let rest = '';
		for (;;) {
			const { value, done } = await pieces.read();
			if (done) {
				return;
			}
			alive();
			const lines = (rest + value).split('\n');
			rest = lines.pop();
			lines.filter((line) => line.startsWith('event: ')).map((line) => line.slice(7)).forEach((hint) => {
				take(hint);
				if (hint !== 'messages' || !section()) {
					channel?.postMessage(hint);
				}
			});
		}
	}

	async function keepStream(name, channel, signal) {
		for (let failures = 0; !signal.aborted; failures++) {
			const attempt = new AbortController();
			const abort = () => attempt.abort();
			signal.addEventListener('abort', abort);
			let silence;
			const alive = () => {
				clearTimeout(silence);
				silence = setTimeout(abort, 60_000);
			};
			alive();
			const since = Date.now();
			try {
				const newest = history() ? `&newest=${history().querySelector('li > time')?.dateTime ?? ''}` : '';
				const answer = await fetch(`${address}?browser=${name}${newest}`, { headers: { ...headers, Accept: 'text/event-stream' },
					cache: 'no-store', redirect: 'manual', signal: attempt.signal });
				if (refused(answer)) {
					stop();
				}
				else if (answer.ok) {
					await read(answer, channel, alive);
				}
				else if (answer.status === 429) {
					failures = 6;
				}
			}
			catch {
				// the server or the network is away
			}
			clearTimeout(silence);
			signal.removeEventListener('abort', abort);
			if (Date.now() - since > 10_000) {
				failures = 0;
			}
			await pause(Math.min(1000 * 2 ** failures, 60_000) * (0.5 + Math.random()), signal);
		}
	}

	function open() {
		if (stopped || document.hidden || visit || !(section() || history())) {
			return;
		}
		visit = new AbortController();
		const { signal } = visit;
		const name = `actionlog-live:${folder}`;
		if (navigator.locks) {
			const channel = new BroadcastChannel(name);
			channel.addEventListener('message', ({ data }) => take(data));
			signal.addEventListener('abort', () => channel.close());
			navigator.locks.request(name, { signal }, () => keepStream(browser, channel, signal)).catch(() => { /* hidden by now */ });
		}
		else {
			keepStream(browser + Math.random().toString(36).slice(2, 8), null, signal);
		}
	}

	// The page, and what other scripts put into it later.
	function look() {
		const all = section();
		if (all && !all.hasAttribute('aria-live')) {
			all.setAttribute('aria-live', 'polite');
		}
		all?.querySelectorAll(FORM).forEach((form) => confirmShown(form, entries(all)));
		open();
	}

	look();
	new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
	addEventListener('pageshow', open);
	addEventListener('beforeunload', () => { left = pause(10_000); });
	document.addEventListener('visibilitychange', () => {
		if (document.hidden) {
			visit?.abort();
			visit = undefined;
		}
		else {
			open();
			take('actions');
		}
	});
})();
