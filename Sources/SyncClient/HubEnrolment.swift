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
        var succession = KeySuccession.none
        // A device that is in already may not have heard yet of the key that this invite names.
        if let present = try replica.membership(), present.hub.space == invite.space,
            !present.isOf(invite)
        {
            succession = try await HubKeys.fetch(transport)
            _ = try replica.follow(succession)
        }
        let request = try replica.beginJoin(invite)
        let answer = try await transport.send(
            WireRequest(.post, "/v1/devices", body: request.encoded))
        let content = try answer.content()
        let message: JoinAnswer
        do { message = try JoinAnswer(encoded: content) } catch {
            throw ForeignAnswer(.notThisProtocol, status: answer.status)
        }
        do {
            do {
                return try replica.finishJoin(message, invite: invite, succession: succession)
            } catch is JoinFault {
                // Signed under another key than the invite's: the one before it, or after it.
                succession = try await HubKeys.fetch(transport)
                return try replica.finishJoin(message, invite: invite, succession: succession)
            }
        } catch let fault as JoinFault {
            throw ForeignAnswer(.notSigned, status: answer.status, detail: "\(fault)")
        }
    }
}
