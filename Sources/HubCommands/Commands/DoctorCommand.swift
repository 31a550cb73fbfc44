import ArgumentParser
import CommandKit
import HubKeeping
import SharedWords
import SyncCore
import SyncHub
import SyncStore

/// `sync-hub doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "doctor", abstract: Messages.doctor.hubAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        var findings = try examine()
        if findings.allSatisfy({ $0.level != .bad || $0.id != "file" && $0.id != "key" }),
            let store = try? data.open()
        {
            findings.append(.claims(try store.claims().count))
            try store.close()
        }
        let words = HubHealthWords(path: data.folderPath ?? "URL", place: data.place)
        let page = HealthPage(findings.map { words.line($0) })
        let console = Console.current
        if globals.isJSON { console.print(page.json) } else { page.print(on: console) }
        if !page.isOK { throw ExitStatus.failed }
    }

    private func examine() throws -> [HubFinding] {
        if let path = data.folderPath, data.isFolder {
            return try HubDoctor(HubFolder(path), environment: .system).examine()
        }
        return try HubDoctor.examine(data.open(), environment: .system)
    }
}
