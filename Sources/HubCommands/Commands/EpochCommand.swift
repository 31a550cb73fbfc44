import ArgumentParser
import CommandKit
import SyncCore
import SyncHub

/// `sync-hub epoch open`.
struct EpochCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "epoch", abstract: Messages.hubHealing.epochAbstract.text(),
            subcommands: [EpochOpenCommand.self])
    }
}

struct EpochOpenCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "open", abstract: Messages.hubHealing.epochOpenAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        try confirmation.require(Messages.hubHealing.epochMend)
        let epoch = try store.openEpoch()
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "epoch": .string(epoch.hex), "position": .int(Int(try store.facts().position)),
            ])
        }
        console.print(Messages.hubHealing.epochOpened.text(["epoch": epoch.hex]))
    }
}

/// `sync-hub clock reset`.
struct ClockCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "clock", abstract: Messages.hubHealing.clockAbstract.text(),
            subcommands: [ClockResetCommand.self])
    }
}

struct ClockResetCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reset", abstract: Messages.hubHealing.clockResetAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        try confirmation.require(Messages.hubHealing.clockMend)
        let ahead = try store.resetClock()
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "reset": .bool(ahead != nil), "ahead_ms": .int(Int(ahead ?? 0)),
                "epoch": .string(try store.facts().epoch.hex),
            ])
        }
        let words = Messages.hubHealing
        console.print(
            ahead.map { words.clockReset.text(["time": TimeLength.text(milliseconds: $0)]) }
                ?? words.clockRight.text())
    }
}

/// `--yes`: for what cannot be taken back.
struct Confirmation: ParsableArguments {
    @Flag(help: ArgumentHelp(Messages.hubHealing.yesHelp.text()))
    var yes = false

    /// - Throws: `CommandFailure` (usage) without it.
    func require(_ mend: Message) throws {
        guard !yes else { return }
        throw CommandFailure(
            "not_confirmed", Messages.hubHealing.notConfirmed.text(), mend: mend.text(),
            status: .usage)
    }
}
