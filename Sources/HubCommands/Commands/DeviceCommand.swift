import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub device list|rename|revoke|restore|renew-token|quota`.
struct DeviceCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "device", abstract: Messages.hub.deviceAbstract.text(),
            subcommands: [
                DeviceListCommand.self, DeviceRenameCommand.self, DeviceRevokeCommand.self,
                DeviceRestoreCommand.self, DeviceTokenCommand.self, DeviceQuotaCommand.self,
            ])
    }
}

struct DeviceListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Messages.hub.deviceListAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let standings = try store.devices()
        let console = Console.current
        if globals.isJSON { return console.print(JSONOutput.array(standings.map(\.json))) }
        let words = Messages.hub
        guard !standings.isEmpty else { return console.say(words.noDevices.text()) }
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        var table = Table([
            .fixed(words.device.text()), .text(words.name.text()), .fixed(words.role.text()),
            .fixed(words.lastSeen.text()), .number(words.position.text()),
            .fixed(words.state.text()),
        ])
        for standing in standings {
            let seen = standing.lastSeen.map { zone.text(utcSeconds: $0 / 1_000) }
            let state = standing.device.isRevoked ? words.stateRevoked : words.stateActive
            table.append([
                String(standing.device.id.hex.prefix(12)), standing.device.name,
                standing.device.role, seen ?? words.never.text(), String(standing.position),
                state.text(),
            ])
        }
        console.print(table)
    }
}

struct DeviceRevokeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke", abstract: Messages.hub.deviceRevokeAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.deviceHelp.text(), valueName: "device"))
    var device: String
    @Flag(help: ArgumentHelp(Messages.hub.onlyHelp.text()))
    var only = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try DeviceStandingChange(data: data, isJSON: globals.isJSON)
            .run(device, isRevoked: true, only: only)
    }
}

struct DeviceRestoreCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: Messages.hub.deviceRestoreAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.deviceHelp.text(), valueName: "device"))
    var device: String
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try DeviceStandingChange(data: data, isJSON: globals.isJSON).run(device, isRevoked: false)
    }
}

struct DeviceRenameCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rename", abstract: Messages.hub.deviceRenameAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.deviceHelp.text(), valueName: "device"))
    var device: String
    @Argument(help: ArgumentHelp(Messages.hub.nameHelp.text(), valueName: "name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hub
        try DeviceArguments.check(name: name)
        let store = try data.open()
        let found = try DeviceArguments.find(device, among: store.devices()).device
        try store.rename(found.id, to: name)
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "device": .string(found.id.hex), "name": .string(name),
                "before": .string(found.name),
            ])
        }
        console.print(words.deviceRenamed.text(["name": found.name, "new": name]))
    }
}

/// `device renew-token`: asks devices to take another token.
struct DeviceTokenCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "renew-token", abstract: Messages.hubMoving.renewAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.deviceHelp.text(), valueName: "device"))
    var devices: [String] = []
    @Flag(help: ArgumentHelp(Messages.hubMoving.renewAllHelp.text()))
    var all = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hubMoving
        guard all != !devices.isEmpty else {
            throw CommandFailure(
                "which_device", words.whichDevice.text(), mend: words.whichDeviceMend.text(),
                status: .usage)
        }
        let store = try data.open()
        let standings = try store.devices()
        let wanted =
            try all
            ? standings.map(\.device).filter { !$0.isRevoked }
            : devices.map { try DeviceArguments.find($0, among: standings).device }
        try store.demandTokens(of: wanted.map(\.id))
        let console = Console.current
        if globals.isJSON {
            return console.print(["asked": .array(wanted.map { .string($0.id.hex) })])
        }
        console.print(words.renewAsked.text(["n": wanted.count]))
        console.say(words.renewNext.text())
    }
}

/// Lets one device in or out, and says so.
struct DeviceStandingChange {
    let data: HubDataOptions
    let isJSON: Bool

    func run(_ prefix: String, isRevoked: Bool, only: Bool = false) throws {
        let words = Messages.hub
        let store = try data.open()
        let device = try DeviceArguments.find(prefix, among: store.devices()).device
        let changed = try store.setRevoked(isRevoked, device: device.id, only: only)
        let descendants = try store.descendants(of: device.id)
        let console = Console.current
        if isJSON {
            return console.print([
                "device": .string(device.id.hex), "name": .string(device.name),
                "revoked": .bool(isRevoked),
                "changed": .bool(changed.contains { $0.id == device.id }),
                "with": .array(
                    changed.filter { $0.id != device.id }.map { .string($0.id.hex) }),
                "descendants": .array(descendants.map { .string($0.id.hex) }),
            ])
        }
        guard !changed.isEmpty else { return console.print(words.unchanged.text()) }
        let done = isRevoked ? words.revoked : words.restored
        for one in changed { console.print(done.text(["name": one.name])) }
        let left = descendants.filter { one in
            one.isRevoked != isRevoked && !changed.contains { $0.id == one.id }
        }
        if !left.isEmpty {
            console.say(
                words.descendantsLeft.text(["names": left.map(\.name).joined(separator: ", ")]))
        }
    }
}

extension DeviceStanding {
    /// As `device list --json` shows it.
    var json: JSONOutput {
        let seen = lastSeen.map { RFC3339.text(utcSeconds: $0 / 1_000, offsetSeconds: 0) }
        return [
            "device": .string(device.id.hex), "name": .string(device.name),
            "role": .string(device.role), "last_seen": JSONOutput(seen),
            "position": .int(Int(position)), "revoked": .bool(device.isRevoked),
            "formerly": JSONOutput(device.formerly?.hex),
            "program": JSONOutput(visit.program), "url": JSONOutput(visit.url),
            "clock_difference_ms": visit.clockDifference.map { .int(Int(-$0)) } ?? .null,
            "token_due": .bool(isTokenDue), "quota": delivery.json,
        ]
    }
}
