public import SyncProtocol
public import SyncReplica

/// Carries out a join.
public enum HubEnrolment {
    /// Enrols a replica with the hub that an invite names. Safe to repeat after a lost answer.
    ///
    /// - Returns: false if the device was in already, and nothing has changed.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `ReplicaFault`.
    @discardableResult
    public static func join(
        _ replica: Replica, invite: Invite, transport: any HubTransport
    ) async throws -> Bool {
        let request = try replica.beginJoin(invite)
        let answer = try await transport.send(
            WireRequest(.post, "/v1/devices", body: request.encoded))
        let content = try answer.content()
        let message: JoinAnswer
        do { message = try JoinAnswer(encoded: content) } catch {
            throw ForeignAnswer(.notThisProtocol, status: answer.status)
        }
        do { return try replica.finishJoin(message, invite: invite) } catch let fault as JoinFault {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)")
        }
    }
}
