import SyncCore
import SyncProtocol
public import SyncReplica

/// A replica's way to its hub: where it found it last, or where the hub has said that it will be.
public enum HubConnection {
    /// Opens a way to the hub. Where the hub announced another address, and answers there under
    /// the key that this device believes, the device goes on there; else at the one it knows.
    ///
    /// - Throws: `ReplicaFault.notJoined`, `TransportFault` (bad address).
    public static func open(_ replica: Replica) async throws -> HTTPTransport {
        guard let present = try replica.membership() else { throw ReplicaFault.notJoined }
        if let announced = try replica.announcedAddress(), mayMove(present.url, announced.url),
            let moved = try? HTTPTransport(url: announced.url, pin: announced.tls)
        {
            if await isHub(moved, of: replica) {
                try replica.moveHub(to: announced)
                return moved
            }
            await moved.close()
        }
        let former = try replica.formerAddress()
            .flatMap { mayMove(present.url, $0.url) ? ($0.url, $0.tls) : nil }
        return try HTTPTransport(url: present.url, pin: present.tls, otherwise: former)
    }

    /// Whether a device may go from one address to another without being asked: never to one where
    /// others can listen in, unless that is how it has reached its hub so far.
    package static func mayMove(_ from: String, _ to: String) -> Bool {
        guard let old = HubAddress(from), let new = HubAddress(to) else { return false }
        if new.isTLS { return true }
        return !old.isTLS && (new.isLoopback || !old.isLoopback)
    }

    /// Whether the hub itself answers there: what it says is signed over this device's question.
    private static func isHub(_ transport: HTTPTransport, of replica: Replica) async -> Bool {
        do {
            return try await HubKeys.following(replica, transport) {
                guard let hub = try replica.membership()?.hub, let token = replica.token else {
                    return false
                }
                let nonce = replica.newNonce()
                let query = [
                    (name: "node", value: DigestAnswer.name(of: nil)),
                    (name: "nonce", value: nonce.hex),
                ]
                let answer = try await transport.send(
                    WireRequest(.get, "/v1/digest", query: query, token: token))
                let message = try SyncDriver.read(answer) { try DigestAnswer(encoded: $0) }
                let device = try replica.deviceID()
                try SyncDriver.check { () throws(AnswerFault) in
                    try message.verify(node: nil, nonce: nonce, device: device, hub: hub)
                }
                return true
            }
        } catch { return false }
    }
}
