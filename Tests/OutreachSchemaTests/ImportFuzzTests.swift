import OutreachSchema
import SyncCore
import TestSupport
import Testing

/// Damaged tables: each row is taken or refused with a reason; none ends the process.
@Suite struct ImportFuzzTests {
    private static let tables = [
        csv("点位,网格,方式,到达时间,人数,备注", "NDJ-077,JC14,步巡,2021-01-01 18:00,5,\"a,b\nc\""),
        csv(
            "point;arrived_at;note", "NDJ-001;2021-03-01T10:00:00+08:00;x",
            "NDJ-002;3.1.2021;\"\"\"\""),
        csv("point\tarrived_at\tteam_size", "NDJ-001\t2021年3月1日 晚上8点\t1e3", "合计\t\t4"),
        csv("_id,_based_on,point,arrived_at", "b67c4b00c278f6fec1720354991e1adb,,NDJ-001,44201.9"),
        [0xEF, 0xBB, 0xBF] + csv("code,name,lat,lon,active", "NDJ-001,莱蒙都会1号点,31.2,120.1,是"),
        [
            0xB5, 0xE3, 0xCE, 0xBB, 0x2C, 0xB1, 0xB8, 0xD7, 0xA2, 10, 0x61, 0x2C, 0x81, 0x30, 0x81,
            0x30,
        ],
    ]

    @Test(arguments: [CollectionDescription.stops, .points])
    func damagedTables_areReadOrRefused(_ collection: CollectionDescription) {
        let taken = Fuzzer(Self.tables).run {
            var reader = try ImportReader($0, into: collection, zone: .shanghai)
            _ = reader.readAll()
        }
        #expect(taken > 0 && taken < Fuzzer.count)
    }
}
