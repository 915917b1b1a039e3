package dev.actionlog.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device with one passkey, and the browser that asks it: they answer the options of the
 * application with the JSON that a browser sends.
 */
public final class Authenticator {

	/** Where the application's pages come from, as {@link App} sets it. */
	public static final String ORIGIN = "http://localhost:8080";

	private static final int PRESENT = 0x01;

	private static final int VERIFIED = 0x04;

	private static final int WITH_KEY = 0x40;

	private final KeyPair keys;

	private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

	private String origin = ORIGIN;

	private int flags = PRESENT | VERIFIED;

	private int signatures;

	/**
	 * A device with a new passkey.
	 */
	public Authenticator() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			this.keys = generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Shows the pages of another origin from now on.
	 * @param origin the origin
	 * @return this device
	 */
	public Authenticator at(String origin) {
		this.origin = origin;
		return this;
	}

	/**
	 * Asks for no PIN from now on.
	 * @return this device
	 */
	public Authenticator withoutVerification() {
		this.flags = PRESENT;
		return this;
	}

	/**
	 * The passkey's identifier.
	 * @return its Base64
	 */
	public String id() {
		return base64(this.id);
	}

	/**
	 * Makes the passkey.
	 * @param options what the application asks for, in JSON
	 * @return the passkey, in JSON
	 */
	public String create(String options) {
		JsonNode asked = JsonMapper.shared().readTree(options);
		ByteArrayOutputStream data = data(asked.get("rp").get("id").asString(), this.flags | WITH_KEY);
		data.writeBytes(new byte[16]);
		data.writeBytes(new byte[] { 0, (byte) this.id.length });
		data.writeBytes(this.id);
		data.writeBytes(publicKey());
		ByteArrayOutputStream attestation = new ByteArrayOutputStream();
		// a map of three: no attestation, no statement, and the data
		attestation.writeBytes(hex("a3", "63", text("fmt"), "64", text("none"), "67", text("attStmt"), "a0", "68",
				text("authData"), "58", "%02x".formatted(data.size())));
		attestation.writeBytes(data.toByteArray());
		return json(Map.of("clientDataJSON", base64(client("webauthn.create", asked)), "attestationObject",
				base64(attestation.toByteArray()), "transports", new String[] { "internal" }));
	}

	/**
	 * Signs in with the passkey.
	 * @param options what the application asks for, in JSON
	 * @return what is signed, in JSON
	 */
	public String sign(String options) {
		JsonNode asked = JsonMapper.shared().readTree(options);
		byte[] data = data(asked.get("rpId").asString(), this.flags).toByteArray();
		byte[] client = client("webauthn.get", asked);
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(data);
			signature.update(sha256(client));
			return json(Map.of("clientDataJSON", base64(client), "authenticatorData", base64(data), "signature",
					base64(signature.sign())));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ByteArrayOutputStream data(String relyingPartyId, int flags) {
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		data.writeBytes(sha256(relyingPartyId.getBytes(StandardCharsets.UTF_8)));
		data.write(flags);
		data.writeBytes(ByteBuffer.allocate(4).putInt(++this.signatures).array());
		return data;
	}

	private byte[] client(String type, JsonNode asked) {
		return JsonMapper.shared()
			.writeValueAsBytes(
					Map.of("type", type, "challenge", asked.get("challenge").asString(), "origin", this.origin));
	}

	/**
	 * The public key as a map in CBOR: an elliptic curve key for ES256, on the curve
	 * P-256, and its point.
	 */
	private byte[] publicKey() {
		ECPublicKey key = (ECPublicKey) this.keys.getPublic();
		return hex("a5", "0102", "0326", "2001", "215820", coordinate(key.getW().getAffineX()), "225820",
				coordinate(key.getW().getAffineY()));
	}

	private static String coordinate(BigInteger number) {
		return "%064x".formatted(number);
	}

	private static String text(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] hex(String... parts) {
		return HexFormat.of().parseHex(String.join("", parts));
	}

	private String json(Map<String, ?> response) {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("id", id(), "rawId", id(), "type", "public-key", "response", response,
					"clientExtensionResults", Map.of(), "authenticatorAttachment", "platform"));
	}

	private static byte[] sha256(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String base64(byte[] content) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
	}

}
