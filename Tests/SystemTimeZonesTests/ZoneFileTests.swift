import Foundation
import OutreachSchema
import TestSupport
import Testing

@testable import SystemTimeZones

/// Zone files, read as Foundation reads them.
@Suite struct ZoneFileTests {
    /// Every zone over fifty years, at instants that fall on all hours and seasons.
    @Test func everyZone_hasTheOffsetsThatFoundationSays() {
        var compared = 0
        var different: Set<String> = []
        for name in TimeZone.knownTimeZoneIdentifiers {
            // Some machines have fewer files than Foundation knows names.
            guard let own = ZoneRules.system(named: name), let zone = TimeZone(identifier: name)
            else { continue }
            for step in 0..<600 {
                let seconds = Int64(63_072_000 + step * 2_700_017)
                let known = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
                if own.offsetSeconds(atUTCSeconds: seconds) != known { different.insert(name) }
                compared += 1
            }
        }
        // The two may be of different years of the database: a handful of zones.
        #expect(different.count <= 8, "\(different.sorted())")
        #expect(compared > 100_000)
    }

    /// The hours around a change, in years that no file lists one by one.
    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Santiago", "Asia/Tokyo",
        "Asia/Kolkata", "Africa/Nairobi", "America/St_Johns",
    ])
    func changes_toTheSecond_alsoFarAhead(name: String) throws {
        let own = try #require(ZoneRules.system(named: name))
        let zone = try #require(TimeZone(identifier: name))
        for start in ["2024-01-01T00:00:00Z", "2045-01-01T00:00:00Z"] {
            var date = try #require(ISO8601DateFormatter().date(from: start))
            for _ in 0..<3 {
                guard let next = zone.nextDaylightSavingTimeTransition(after: date) else { break }
                for around in [-3_601.0, -1, 0, 1, 3_601] {
                    let moment = next.addingTimeInterval(around)
                    #expect(
                        own.offsetSeconds(atUTCSeconds: Int64(moment.timeIntervalSince1970))
                            == zone.secondsFromGMT(for: moment), "\(moment)")
                }
                date = next.addingTimeInterval(86_400)
            }
        }
    }

    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_800_000_000, 3_600),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_815_000_000, 7_200),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_815_000_000, -7_200),
        ("IST-5:30", 0, 19_800), ("<+08>-8", 0, 28_800),
        ("AAA-1BBB,J60,J300", 1_804_000_000, 7_200), ("AAA-1BBB,0/0,365/25", 1_815_000_000, 7_200),
    ])
    func rule_ofPOSIX_isReadAsItSays(text: String, seconds: Int64, offset: Int) throws {
        #expect(try #require(ZoneRule(text)).offset(at: seconds) == offset)
    }

    @Test func wrongNamesAndRules_areNone() {
        for name in [
            "", "../../etc/passwd", "Europe/../Europe/Berlin", "/Europe/Berlin", "Europe", "x y",
        ] {
            #expect(ZoneRules.system(named: name) == nil)
        }
        for text in ["", "AB1", "AAA", "AAA-1BBB", "AAA-1BBB,M13.1.0,M1.1.0", "AAA-1BBB,M3.5.0"] {
            #expect(ZoneRule(text) == nil)
        }
    }
}

/// Damaged zone files.
@Suite struct ZoneFileFuzzTests {
    @Test func damagedFile_isRefusedOrRead() throws {
        let good = try ["Europe/Berlin", "Asia/Shanghai", "America/Santiago"].map {
            [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\($0)")))
        }
        for bytes in good {
            #expect(ZoneFile(bytes) != nil)
            for length in stride(from: 0, to: bytes.count - 40, by: 7) {
                #expect(ZoneFile(Array(bytes.prefix(length))) == nil)
            }
        }
        Fuzzer(good).run { bytes in
            if let zone = ZoneFile(bytes) { _ = zone.offset(at: 1_800_000_000) }
        }
    }
}
