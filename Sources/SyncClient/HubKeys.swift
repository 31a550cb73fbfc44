import SyncCore
public import SyncProtocol
import SyncReplica

/// How the hub's key came to be the present one: Protocol/README.md §16.
public enum HubKeys {
    /// Asks a hub. What it answers is believed for its signatures alone.
    ///
    /// - Returns: none from a hub whose key was never replaced, and from one of a release before.
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`.
    public static func fetch(_ transport: any HubTransport) async throws -> KeySuccession {
        let answer = try await transport.send(WireRequest(.get, "/v1/keys"))
        let content: [UInt8]
        do { content = try answer.content() } catch let error as WireError
            where [.notServed, .notFound, .methodNotAllowed].contains(error.code)
        { return .none }
        guard let shown = try? Envelope(content).slice("keys"),
            let succession = try? KeySuccession(encoded: shown)
        else { throw ForeignAnswer(.notThisProtocol, status: answer.status, detail: "keys") }
        return succession
    }

    /// The hub as it is to be believed once its keys were asked for; itself where nothing follows.
    ///
    /// - Throws: as `fetch`.
    public static func completed(
        _ hub: HubIdentity, _ transport: any HubTransport
    ) async throws -> HubIdentity {
        hub.learning(try await fetch(transport))
    }

    /// Takes over the key that has come in place of the one that a replica believes.
    ///
    /// - Returns: nil if there is none.
    /// - Throws: `ForeignAnswer` (former key) if the hub is back at a key that was replaced; as
    ///   `fetch`.
    static func follow(
        _ replica: Replica, _ transport: any HubTransport
    ) async throws -> Replica.Membership? {
        let shown = try await fetch(transport)
        if let next = try replica.follow(shown) { return next }
        guard let known = try replica.membership()?.hub.succession, !known.isEmpty else {
            return nil
        }
        let (before, now) = (known.keys, shown.keys)
        if now.count < before.count, before.starts(with: now) {
            throw ForeignAnswer(.formerKey, status: 200, detail: "keys")
        }
        if !now.starts(with: before), !before.starts(with: now) || now.isEmpty {
            throw ForeignAnswer(.twoKeys, status: 200, detail: "keys")
        }
        return nil
    }

    /// Runs what a replica asks of its hub; once more where the hub turns out to have another key.
    static func following<T>(
        _ replica: Replica, _ transport: any HubTransport, _ body: () async throws -> T
    ) async throws -> T {
        do { return try await body() } catch let fault as ForeignAnswer
            where fault.reason == .notSigned
        {
            guard try await follow(replica, transport) != nil else { throw fault }
            return try await body()
        }
    }
}
