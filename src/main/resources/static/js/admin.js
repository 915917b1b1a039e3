// The form of the admin area: suggestions of users' names, which works without this script.
(() => {
	'use strict';

	const input = document.getElementById('recipients');
	const names = document.getElementById('user-names');
	let request = new AbortController();
	let pause;

	// what is suggested is the whole field: the names before, and the one that is being typed
	async function suggest(before, begin) {
		request = new AbortController();
		try {
			const response = await fetch(`${input.dataset.names}?begin=${encodeURIComponent(begin)}`,
				{ headers: { Accept: 'application/json' }, signal: request.signal });
			const found = response.ok ? await response.json() : [];
			names.replaceChildren(...found.map((name) => {
				const option = document.createElement('option');
				option.value = before + name;
				return option;
			}));
		}
		catch {
			// typed on, or no connection: no suggestions
		}
	}

	input.addEventListener('input', () => {
		clearTimeout(pause);
		request.abort();
		const begin = /[^\s,;]*$/.exec(input.value)[0];
		if (begin.length < 2) {
			names.replaceChildren();
			return;
		}
		pause = setTimeout(suggest, 250, input.value.slice(0, input.value.length - begin.length), begin);
	});
})();
