import ArgumentParser
import CommandKit
import HubKeeping
import SyncCore
import SyncHub
import SyncStore

/// `sync-hub doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "doctor", abstract: Messages.doctor.hubAbstract.text())
    }

    @OptionGroup var data: HubFolderOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        var findings = try HubDoctor(data.folder, environment: .system).examine()
        if findings.allSatisfy({ $0.level != .bad || $0.id != "file" && $0.id != "key" }),
            let store = try? data.open()
        {
            findings.append(.claims(try store.claims().count))
            try store.close()
        }
        let page = HealthPage(findings.map { HubHealthWords(path: data.data).line($0) })
        let console = Console.current
        if globals.isJSON { console.print(page.json) } else { page.print(on: console) }
        if !page.isOK { throw ExitStatus.failed }
    }
}
