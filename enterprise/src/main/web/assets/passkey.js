// Passkeys: what the server asks as JSON becomes what navigator.credentials takes, and back (WebAuthn level 3, section 5.1).
const bytes = (encoded) =>
  Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const descriptors = (list) => list.map((one) => ({ ...one, id: bytes(one.id) }));

/** Makes one. */
export async function create(options) {
  const made = await said(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: descriptors(options.excludeCredentials),
      },
    }),
  );
  return {
    ...outer(made),
    response: {
      clientDataJSON: base64url(made.response.clientDataJSON),
      attestationObject: base64url(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

/** Shows one. */
export async function get(options) {
  const shown = await said(() =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: descriptors(options.allowCredentials),
      },
    }),
  );
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return {
    ...outer(shown),
    response: {
      clientDataJSON: base64url(clientDataJSON),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(signature),
      ...(userHandle ? { userHandle: base64url(userHandle) } : {}),
    },
  };
}

const outer = (credential) => ({
  id: credential.id,
  rawId: base64url(credential.rawId),
  type: credential.type,
  ...(credential.authenticatorAttachment ? { authenticatorAttachment: credential.authenticatorAttachment } : {}),
  clientExtensionResults: {},
});

async function said(step) {
  if (!navigator.credentials?.create) throw new Error('This browser has no passkeys.');
  try {
    return await step();
  } catch (refused) {
    if (refused.name === 'InvalidStateError') throw new Error('This device has a passkey of yours already.');
    if (refused.name === 'NotAllowedError') throw new Error('No passkey was shown, or it took too long. Try again.');
    throw new Error(`The browser refused: ${refused.message}`);
  }
}
