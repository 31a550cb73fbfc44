import Foundation
import SyncCore
import TestSupport
import Testing

/// What leaves for the desk comes back: only edited cells change, nothing doubles.
@Suite struct DeskFileTests {
    private let folder = TestFolder()
    private let a: FieldDevice

    init() throws {
        a = try FieldDevice("a", in: folder)
        for name in ["stops", "activities", "education", "hazards"] {
            _ = try a.json("import", Programs.sample("\(name).csv"), "--into", name)
        }
    }

    private static let collections = ["stops", "activities", "education", "hazards"]

    @Test(arguments: ["csv", "xlsx", "json", "geojson"], ["en", "zh-Hans"])
    func export_importedAgain_changesNothing(_ form: String, _ language: String) throws {
        let before = try a.query("SELECT collection, id, fields FROM records ORDER BY 1, 2")
        for collection in Self.collections {
            let path = folder.file("\(collection)-\(language).\(form)")
            try a.run("export", "--collection", collection, "-o", path, "--lang", language)
                .succeeded()
            let result = try a.json("import", path, "--into", collection)
            let count = try a.status()["records"]?.number(collection)
            #expect(result.number("already_here") == count, "\(result)")
            for key in ["new", "changed", "rejected"] { #expect(result.number(key) == 0) }
        }
        #expect(try a.query("SELECT collection, id, fields FROM records ORDER BY 1, 2") == before)
    }

    @Test func editedCSV_changesTheCells_addsNewRows_removesNothing() throws {
        let path = folder.file("h.csv")
        try a.run("export", "--collection", "hazards", "-o", path).succeeded()
        var lines = try String(contentsOfFile: path, encoding: .utf8)
            .components(separatedBy: "\r\n")
        let columns = lines[0].components(separatedBy: ",")
        let (note, grid) = (
            try #require(columns.firstIndex(of: "Note")),
            try #require(columns.firstIndex(of: "Grid"))
        )
        var cells = lines[1].components(separatedBy: ",")
        let id = cells[0].replacing("-", with: "")
        cells[note] = "'=edited"
        lines[1] = cells.joined(separator: ",")
        var fresh = [String](repeating: "", count: columns.count)
        fresh[1] = "noise"
        fresh[grid] = "JC01"
        fresh[try #require(columns.firstIndex(of: "Found at"))] = "2021-03-01 21:40"
        lines.remove(at: 2)
        lines.insert(fresh.joined(separator: ","), at: 2)
        try lines.joined(separator: "\r\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        let dry = try a.json("import", path, "--into", "hazards", "--dry-run")
        #expect(dry.number("new") == 1 && dry.number("changed") == 1)
        #expect(try a.status()["records"]?.number("hazards") == 34)
        for round in 0..<2 {
            let result = try a.json("import", path, "--into", "hazards")
            #expect(result.number("new") == (round == 0 ? 1 : 0))
            #expect(result.number("changed") == (round == 0 ? 1 : 0), "\(result)")
        }
        #expect(try a.status()["records"]?.number("hazards") == 35)
        #expect(try a.json("hazard", "show", id)["fields"]?.text("note") == "=edited")
        try a.run("undo", "--import", "h.csv").succeeded()
        #expect(try a.status()["records"]?.number("hazards") == 34)
        #expect(try a.json("hazard", "show", id)["fields"]?.text("note") != "=edited")
    }

    /// The same record, by way of the desk and by way of the hub: it is one.
    @Test func export_importedOnAnotherDevice_doublesNothingWhenTheyMeet() throws {
        let hub = try RunningHub(in: folder)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let c = try FieldDevice("c", in: folder, hub: hub)
        _ = try b.addStop("--note", "one")
        let path = folder.file("b.xlsx")
        try b.run("export", "--collection", "stops", "-o", path).succeeded()
        #expect(try c.json("import", path, "--into", "stops").number("new") == 1)
        try hub.settle(b, c)
        #expect(try b.stopIDs() == c.stopIDs() && b.stopIDs().count == 1)
        #expect(try hub.status().number("conflicts_open") == 0)
    }

    @Test func rejects_goBesideTheSource_orToStandardError() throws {
        let sub = folder.file("sub")
        try FileManager.default.createDirectory(atPath: sub, withIntermediateDirectories: true)
        let path = sub + "/list.csv"
        try "点位,到达时间\nP1,1/5/2021 21:40\nP2,2021-01-05 21:40\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        let run = try a.run("import", path, "--into", "stops")
        #expect(run.status == 3)
        let rejects = try String(contentsOfFile: path + ".rejects.csv", encoding: .utf8)
        #expect(rejects.contains("P1,1/5/2021 21:40") && rejects.contains("--dates dmy"))
        #expect(try a.json("import", path, "--into", "stops", "--dates", "dmy").number("new") == 1)
        let nowhere = try a.run(
            "import", path, "--into", "stops", "--rejects", "/proc/nowhere/x.csv")
        #expect(nowhere.status == 3 && nowhere.stderr.contains("--dates dmy"))
    }

    @Test func big5_isFoundByItsHeader() throws {
        let path = folder.file("big5.csv")
        let text = "點位,到達時間,備註\nNDJ-001,2021-01-05 21:40,燈箱鬆動\n"
        let big5 = String.Encoding(
            rawValue: big5Encoding)
        try #require(text.data(using: big5)).write(to: URL(filePath: path))
        #expect(try a.json("import", path, "--into", "stops").number("new") == 1)
        let stop = try a.json("stop", "list", "--where", "note=燈箱鬆動").array?.first
        #expect(stop?["fields"]?.text("point") == "NDJ-001")
    }

    @Test func geoJSON_hasThePointsPlaces() throws {
        let path = folder.file("s.geojson")
        try a.run("export", "--collection", "stops", "-o", path).succeeded()
        let document = try JSONParser.parse(
            Array(try String(contentsOfFile: path, encoding: .utf8).utf8))
        #expect(document.text("type") == "FeatureCollection")
        #expect(document["features"]?.array?.count == 2_400)
    }
}

/// Big5 in Foundation's numbering (CFStringEncodingExt.h: 0x0A03, with the external bit).
private let big5Encoding: UInt = 0x8000_0A03
