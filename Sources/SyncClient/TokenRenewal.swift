import SyncProtocol
public import SyncReplica

/// Gives a device another token in place of the one that it has.
public enum TokenRenewal {
    /// Makes a token, keeps it, and tells the hub: the one before is worth nothing then. Safe to
    /// repeat; a lost answer is made good by the next sync.
    ///
    /// - Throws: `ReplicaFault.notJoined` if the hub's answer to the join is not kept;
    ///   `TransportFault`, `ForeignAnswer`, `WireError`, `StoreError`.
    public static func run(_ replica: Replica, transport: any HubTransport) async throws {
        try await HubKeys.following(replica, transport) {
            guard let request = try replica.beginTokenRenewal() else {
                throw ReplicaFault.notJoined
            }
            let answer = try await transport.send(
                WireRequest(.post, "/v1/devices", body: request.encoded))
            let message = try SyncDriver.read(answer) { try JoinAnswer(encoded: $0) }
            do { try replica.finishRejoin(message) } catch let fault as JoinFault {
                throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)")
            }
        }
    }
}
