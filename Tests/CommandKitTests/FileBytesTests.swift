import CommandKit
import Foundation
import TestSupport
import Testing

@Suite struct FileBytesTests {
    private struct Cut: Error {}

    private func names(_ folder: TestFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    @Test func create_nameIsTaken_leavesTheFileAlone() throws {
        let folder = TestFolder()
        let path = folder.file("a.csv")
        #expect(try FileBytes.create([1, 2], at: path))
        #expect(try !FileBytes.create([3], at: path))
        #expect(try FileBytes.read(path) == [1, 2])
        #expect(try names(folder) == ["a.csv"])
    }

    @Test func placing_cutWhileWriting_leavesNothing() throws {
        let folder = TestFolder()
        let path = folder.file("a.csv")
        #expect(throws: Cut.self) {
            try FileBytes.placing(path) { draft in
                #expect(try FileBytes.create([1], at: draft))
                throw Cut()
            }
        }
        #expect(try names(folder).isEmpty)
    }

    @Test func create_draftOfAKilledProcess_isReplaced() throws {
        let folder = TestFolder()
        let path = folder.file("a.csv")
        #expect(try FileBytes.create([9, 9, 9], at: path + ".part"))
        #expect(try FileBytes.create([1], at: path))
        #expect(try FileBytes.read(path) == [1])
        #expect(try names(folder) == ["a.csv"])
    }

    @Test func create_folderIsMissing_saysSo() throws {
        let folder = TestFolder()
        let failure = #expect(throws: CommandFailure.self) {
            try FileBytes.create([1], at: folder.file("none/a.csv"))
        }
        #expect(failure?.code.text == "file_not_found")
    }
}
