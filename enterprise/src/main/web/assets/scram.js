// The browser's half of SCRAM-SHA-256 (RFC 5802, RFC 7677): the password stays here, also when it is set. Browsers show no
// script the TLS channel, so there is no channel binding: gs2 is "n,,".

/** As the server has it: one number for everybody (OWASP, Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256). */
export const ITERATIONS = 600_000;
export const SHORTEST = 15;
export const LONGEST = 1_024;

const text = new TextEncoder();
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

export const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const bytes = (encoded) => Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** The same characters from another keyboard are the same password. */
const normal = (password) => password.normalize('NFKC');

/** What is wrong with a new password, for people; empty when nothing is. */
export function fault(password) {
  const length = [...normal(password)].length;
  if (length < SHORTEST) return `At least ${SHORTEST} characters, please; these are ${length}.`;
  if (length > LONGEST) return `At most ${LONGEST} characters, please; these are ${length}.`;
  return '';
}

async function hmac(key, message) {
  const imported = await crypto.subtle.importKey('raw', key, HMAC, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign(HMAC, imported, text.encode(message)));
}

const sha256 = async (message) => new Uint8Array(await crypto.subtle.digest('SHA-256', message));

export async function salted(password, salt, iterations) {
  const key = await crypto.subtle.importKey('raw', text.encode(normal(password)), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** What the server is given to keep of a new password. */
export async function keys(password) {
  const salt = random(16);
  const derived = await salted(password, salt, ITERATIONS);
  return {
    salt: base64(salt),
    iterations: ITERATIONS,
    storedKey: base64(await sha256(await hmac(derived, 'Client Key'))),
    serverKey: base64(await hmac(derived, 'Server Key')),
  };
}

/** One exchange. */
export class Exchange {
  constructor(name, password, nonce = base64(random(24))) {
    this.password = password;
    this.nonce = nonce;
    this.bare = `n=${name.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  }

  /** client-first-message. */
  first() {
    return `n,,${this.bare}`;
  }

  /** client-final-message. Throws when the server's message is none, or asks for so little work that it could guess. */
  async answer(challenge, least = ITERATIONS) {
    const [, nonce, salt, count] = /^r=([!-+\--~]+),s=([A-Za-z0-9+/=]+),i=(\d{1,8})$/.exec(challenge) ?? [];
    const iterations = Number(count);
    if (!nonce?.startsWith(this.nonce) || nonce === this.nonce || !(iterations >= least && iterations <= 10_000_000)) {
      throw new Error('The server answered something else than was asked. Nothing was sent.');
    }
    const derived = await salted(this.password, bytes(salt), iterations);
    const clientKey = await hmac(derived, 'Client Key');
    const withoutProof = `c=biws,r=${nonce}`;
    const message = `${this.bare},${challenge},${withoutProof}`;
    const signature = await hmac(await sha256(clientKey), message);
    this.expected = `v=${base64(await hmac(await hmac(derived, 'Server Key'), message))}`;
    return `${withoutProof},p=${base64(clientKey.map((byte, at) => byte ^ signature[at]))}`;
  }

  /** Whether server-final-message proves that it is the server that knows the password's keys. */
  proves(message) {
    return message === this.expected;
  }
}
