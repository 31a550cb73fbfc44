import ArgumentParser
import CommandKit
import OutreachSchema
import SharedWords
import SyncCore
import SyncReplica
import SyncStore

/// `init`: makes a replica. Works before any hub exists.
struct Initialise: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "init", abstract: Messages.fieldHelp.initialise.text())
    }

    @Option(help: ArgumentHelp(Messages.fieldHelp.name.text(), valueName: "name"))
    var name: String?

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let path = options.path
        if let slash = path.lastIndex(of: "/") {
            try FilePresence.makeFolder(String(path[..<slash]))
        }
        let typed = name.map { $0.trimmingSpaces } ?? ""
        let name = typed.isEmpty ? Messages.fieldSetup.defaultName.text() : typed
        guard PersonalData.kinds(in: name).isEmpty else {
            let words = Messages.failures
            throw CommandFailure(
                "personal_name", words.personalName.text(), mend: words.personalNameMend.text(),
                status: .usage)
        }
        let replica = try Replica.create(
            path: path, name: name, environment: .system, views: StoreViews.all)
        let device = try replica.deviceID()
        let console = Console.current
        guard !options.isJSON else {
            return console.print([
                "device": .string(device.hex), "name": .string(name), "replica": .string(path),
            ])
        }
        let words = Messages.fieldSetup
        console.print(words.created.text(["name": name, "path": path]))
        console.say(words.nameIsRole.text())
        console.say(words.keepKey.text(["path": KeyFile.path(forReplica: path)]))
        console.say(words.canStart.text())
    }
}

extension String {
    /// Without white space around it.
    var trimmingSpaces: String {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop { $0.isWhitespace })
    }
}
