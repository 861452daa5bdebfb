/**
 * Remote sessions at the instrument: asks for a yes, signs a receipt of it, and connects services of this PC to relays for as
 * long as it holds.
 *
 * <pre>
 *   order ──▶ Sessions ──▶ policy and the person (SessionSite, consent.Asking) ──▶ Receipts: signed, kept in DATA/receipts
 *                 │                                                              └─▶ SessionVoice: the operation Session
 *                 └ Grant (both clocks) ──▶ Streams ══ service of this PC ═▶ rfb.RfbFilter or plain ═▶ link.TunnelSocket
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.remote;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
