import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SystemTimeZones

/// `sync-hub quarantine list|accept|dismiss`.
struct QuarantineCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "quarantine", abstract: Messages.hubHealing.quarantineAbstract.text(),
            subcommands: [
                QuarantineListCommand.self, QuarantineAcceptCommand.self,
                QuarantineDismissCommand.self,
            ])
    }
}

struct QuarantineListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Messages.hubHealing.quarantineListAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let claims = try store.claims()
        let console = Console.current
        if globals.isJSON { return console.print(JSONOutput.array(claims.map(\.json))) }
        let words = Messages.hubHealing
        guard !claims.isEmpty else { return console.say(words.nothingToDecide.text()) }
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        var table = Table([
            .fixed(words.number.text()), .fixed(words.kind.text()), .text(words.from.text()),
            .fixed(words.when.text()), .text(words.what.text()),
        ])
        for claim in claims {
            table.append([
                claim.id, claim.kind.text(), claim.name ?? String(claim.device.hex.prefix(8)),
                zone.text(utcSeconds: claim.receivedAt / 1_000), claim.what,
            ])
        }
        console.print(table)
    }
}

struct QuarantineAcceptCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "accept", abstract: Messages.hubHealing.quarantineAcceptAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hubHealing.claimHelp.text(), valueName: "number"))
    var numbers: [String]
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try ClaimDecision(data: data, isJSON: globals.isJSON)
            .run(numbers, Messages.hubHealing.accepted, "accepted") { try $0.accept($1) }
    }
}

struct QuarantineDismissCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "dismiss", abstract: Messages.hubHealing.quarantineDismissAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hubHealing.claimHelp.text(), valueName: "number"))
    var numbers: [String]
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try ClaimDecision(data: data, isJSON: globals.isJSON)
            .run(numbers, Messages.hubHealing.dismissed, "dismissed") { try $0.dismiss($1) }
    }
}

/// Decides on claims by their numbers: all of them, or none.
private struct ClaimDecision {
    let data: HubDataOptions
    let isJSON: Bool

    func run(
        _ numbers: [String], _ done: Message, _ member: String,
        _ body: (SQLHubStore, [Claim]) throws -> Void
    ) throws {
        let store = try data.open()
        let all = try store.claims()
        let chosen = try numbers.map { number in
            guard let claim = all.first(where: { $0.id == number }) else {
                throw ClaimFault.unknown(id: number)
            }
            return claim
        }
        try body(store, chosen)
        let left = try store.claims().count
        let console = Console.current
        if isJSON {
            return console.print(
                [
                    JSONOutput.Member(member, .array(chosen.map { .string($0.id) })),
                    .init("position", .int(Int(try store.facts().position))),
                    .init("claims", .int(left)),
                ].object)
        }
        console.print(done.text(["n": chosen.count]))
        if left > 0 {
            console.say(
                Messages.hubHealing.toDecide.text(["n": left, "place": data.place]))
        }
    }
}

extension [JSONOutput.Member] {
    fileprivate var object: JSONOutput { .object(self) }
}

extension Claim {
    var kind: Message {
        let words = Messages.hubHealing
        return isRevocation
            ? words.kindRevocation : isAdopted ? words.kindAdopted : words.kindOwn
    }

    /// In one line.
    var what: String {
        let parts = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shown)" }
        return "\(key.collection)/\(key.id.hex.prefix(8)) \(parts.joined(separator: " "))"
    }

    /// As `quarantine list --json` shows it.
    var json: JSONOutput {
        let fields = fields.sorted { $0.key < $1.key }
            .map { JSONOutput.Member($0.key, .string($0.value.shown)) }
        let received = RFC3339.text(utcSeconds: receivedAt / 1_000, offsetSeconds: 0)
        return [
            "number": .string(id), "position": .int(Int(position)), "change": .int(change),
            "collection": .string(key.collection), "id": .string(key.id.hex),
            "fields": .object(fields), "revocation": .bool(isRevocation),
            "handed_back": .bool(isAdopted), "reason": .string(reason),
            "device": .string(device.hex), "name": JSONOutput(name),
            "received_at": .string(received),
        ]
    }
}

extension Value {
    /// As its canonical JSON, a text without its quotes.
    fileprivate var shown: String {
        text ?? String(decoding: CanonicalValue(self).bytes, as: UTF8.self)
    }
}
