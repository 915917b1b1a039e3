// Passkeys: adding one, and signing in with one. Both forms are hidden without this script.
(() => {
	'use strict';

	const adding = document.getElementById('passkey-add');
	const form = adding ?? document.getElementById('passkey-sign-in');
	if (!form) {
		return;
	}
	if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
		document.getElementById('passkey-unsupported')?.removeAttribute('hidden');
		return;
	}
	form.hidden = false;

	// what a device has made in answer to the options, or null where they cannot be had
	async function credential() {
		const response = await fetch(form.dataset.options, {
			method: 'POST',
			headers: { Accept: 'application/json' },
			body: new URLSearchParams({ _csrf: form.elements._csrf.value }),
		});
		if (!response.ok || response.redirected) {
			return null;
		}
		const options = await response.json();
		if (adding) {
			return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
		}
		form.elements.challenge.value = options.challenge;
		return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
	}

	function showError() {
		document.getElementById('passkey-error')?.remove();
		const error = document.createElement('p');
		error.id = 'passkey-error';
		error.className = 'error';
		error.setAttribute('role', 'alert');
		form.append(error);
		error.textContent = form.dataset.failed;
	}

	let waiting = false;
	form.addEventListener('submit', async (event) => {
		// a name that is missing is the server's to complain about
		if (form.elements.name?.value.trim() === '') {
			return;
		}
		event.preventDefault();
		if (waiting) {
			return;
		}
		waiting = true;
		document.getElementById('passkey-error')?.remove();
		try {
			const made = await credential();
			form.elements.credential.value = made ? JSON.stringify(made) : '';
			// also without one, so that the page says what is wrong
			form.submit();
		}
		// cancelled, not made in time, or refused by the browser
		catch {
			showError();
		}
		finally {
			waiting = false;
		}
	});
})();
