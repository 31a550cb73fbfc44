import Foundation
import SyncAudit
import SyncReplica
import SyncStore
import TestSupport
import Testing

/// What is done to a file by whoever can write it, and has no key: all of it is named.
///
/// `TAMPER_TABLE=1` prints a line for each, for docs/auditor.md.
@Suite struct TamperCatalogueTests {
    private static let secondsLimit = 10.0
    private static let isListed = ProcessInfo.processInfo.environment["TAMPER_TABLE"] != nil

    @Test(arguments: TamperGround.subjects)
    func tampering_ofAnyKind_isNamed(_ subject: String) async throws {
        let ground = try await TamperGround.shared.value
        var shapes: [Tampering.Shape] = []
        _ = try ground.verify(subject) { store in
            shapes = try Tampering.shapes(store)
            return false
        }
        for tampering in TamperCatalogue.all(subject, shapes) {
            let start = ContinuousClock.now
            guard let report = try ground.verify(subject, tampering.act) else { continue }
            let seconds = start.duration(to: .now) / .seconds(1)
            let kinds = Set(report.problems.map(\.kind.rawValue)).sorted()
            let isNamed = tampering.isNamed(in: report)
            #expect(isNamed, "\(tampering): \(kinds)")
            #expect(seconds < Self.secondsLimit, "\(tampering) took \(seconds) s")
            if Self.isListed {
                let said = kinds.isEmpty ? "listed as unproved" : kinds.joined(separator: " ")
                print("tampering | \(tampering) | \(isNamed ? said : "MISSED") |")
            }
        }
    }

    @Test(arguments: TamperGround.subjects)
    func honestFile_besideThem_isOK(_ subject: String) async throws {
        let ground = try await TamperGround.shared.value
        let report = try #require(try ground.verify(subject) { _ in true })
        #expect(report.problems == [])
        #expect(report.isOK)
    }
}
