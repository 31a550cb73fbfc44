// How much anybody may ask.
//
// Problem: whoever guesses tokens or invites, or repeats a call in a loop, takes the hub's time from
// those who bring a night's work; and a neighbourhood's devices often share one address.
// Idea: what fails is charged to the address that it came from, so that guessing ends after a few
// tries and whoever has a token is not asked for it; what succeeds is charged to the device, at a
// rate that no sync reaches.

import HTTPTypes
import Hummingbird
import NIOCore
import SyncCore
import SyncProtocol

/// Lets requests in, or tells them when to come again.
final class RequestGate: Sendable {
    /// A guess at a token or an invite costs one. After a restore every device of a neighbourhood
    /// may fail once, from one address.
    private let failures = TokenBuckets<String>(capacity: 300, perSecond: 1)
    /// Calls that need no token: what the hub is, its keys, joins.
    private let strangers = TokenBuckets<String>(capacity: 2_000, perSecond: 20)
    /// A large import pushes some forty batches a second.
    private let devices = TokenBuckets<DeviceID>(capacity: 5_000, perSecond: 200)

    /// Before a call, or a page, that needs no token.
    ///
    /// - Throws: `WireError` (rate limited).
    func admit(stranger address: String, _ call: HubCall? = nil) throws(WireError) {
        if let seconds = strangers.take(1, from: address) { throw .rateLimited(seconds) }
        if call == .join, let seconds = failures.wait(for: 1, in: address) {
            throw .rateLimited(seconds)
        }
    }

    /// - Throws: `WireError` (rate limited).
    func admit(_ device: DeviceID) throws(WireError) {
        if let seconds = devices.take(1, from: device) { throw .rateLimited(seconds) }
    }

    /// A call failed: the error that is answered.
    func failed(_ error: WireError, from address: String) -> WireError {
        guard Self.guesses.contains(error.code) else { return error }
        return guessed(from: address) ?? error
    }

    /// Something was asked for that may be a guess.
    ///
    /// - Returns: `WireError` (rate limited), if these are too many.
    func guessed(from address: String) -> WireError? {
        failures.take(1, from: address).map(WireError.rateLimited)
    }

    /// What may be a guess.
    private static let guesses: Set<WireErrorCode> = [
        .tokenMissing, .tokenUnknown, .inviteUnknown, .inviteUsed, .inviteExpired,
        .signatureInvalid,
    ]
}

extension WireError {
    /// - Parameter seconds: until it is worth trying again.
    static func rateLimited(_ seconds: Double) -> WireError {
        WireError(
            .rateLimited, message: "too many requests",
            mend: "wait; nothing is lost",
            details: ["seconds": JSONValue(Int(seconds.rounded(.up)))])
    }
}

/// A request with the address that it came from.
struct HubRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Of the connection: where a proxy on this machine adds TLS, the proxy's.
    private let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// Who asks, as it is counted: the address of the connection, or what a proxy on this machine
    /// says of it.
    func address(of request: Request) -> String {
        let own = peer.flatMap(ClientAddress.init)
        guard own?.isLoopback ?? true,
            let named = request.headers[.forwardedFor]?.split(separator: ",").last,
            // What is no address would make a bucket of its own for each guess.
            let address = ClientAddress(String(named.filter { $0 != " " }))
        else { return own?.network ?? "unix" }
        return address.network
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}
