import ArgumentParser
import CommandKit
import SyncCore
import SyncReplica

/// `check`: whether this device's file is what the programs wrote.
struct Check: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: Messages.fieldSync.checkHelp.text())
    }

    @Flag(help: ArgumentHelp(Messages.fieldSync.healHelp.text()))
    var heal = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let check = try options.open().replica.check(heals: heal)
        let console = Console.current
        if options.isJSON { console.print(json(check)) } else { show(check, on: console) }
        // What was put right is in order now; a damaged file is not.
        let isInOrder = check.isOK || (check.isHealed && check.fileProblems.isEmpty)
        if !isInOrder { throw ExitStatus.failed }
    }

    private func json(_ check: ReplicaCheck) -> JSONOutput {
        .object([
            .init("ok", .bool(check.isOK)), .init("records", .int(check.records)),
            .init("damaged", .int(check.damaged)), .init("digest", .string(check.digest.hex)),
            .init("stored_digest", JSONOutput(check.storedDigest?.hex)),
            .init("counts_right", .bool(check.areCountsRight)),
            .init("file_problems", .array(check.fileProblems.map { .string($0) })),
            .init("healed", .bool(check.isHealed)),
        ])
    }

    private func show(_ check: ReplicaCheck, on console: Console) {
        let words = Messages.fieldSync
        if check.isOK {
            let text = words.checkOK.text(["n": check.records, "digest": check.digest.hex])
            return console.print(console.styled(text, .green))
        }
        if let first = check.fileProblems.first {
            console.warn(words.checkFile.text(["detail": first]))
            console.say(words.checkFileMend.text())
        }
        if check.damaged > 0 { console.warn(words.checkDamaged.text(["n": check.damaged])) }
        if !check.isKeptRight { console.warn(words.checkDigest.text()) }
        guard check.damaged > 0 || !check.isKeptRight else { return }
        console.say((check.isHealed ? words.checkHealed : words.checkMend).text())
    }
}
