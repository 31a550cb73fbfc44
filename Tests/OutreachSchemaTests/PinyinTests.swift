import OutreachSchema
import Testing

@Suite struct PinyinTests {
    @Test(arguments: [
        ("南大街14号", "ndj14h"), ("钟楼", "zl"), ("消防通道堵塞", "xftdds"), ("步巡", "bx"),
        ("Old Gate", "oldgate"), ("市民广场", "smgc"), ("阿座", "az"), ("、", ""),
    ])
    func initials(_ text: String, _ expected: String) {
        #expect(PinyinInitials.of(text) == expected)
    }

    @Test func point_byInitials() {
        let places = PlaceDirectory([
            KnownPoint(code: "P-1", name: "钟楼", grid: nil),
            KnownPoint(code: "P-2", name: "市民广场", grid: nil),
        ])
        guard case .one(let point) = places.point("gc") else {
            Issue.record("not found")
            return
        }
        #expect(point.code == "P-2")
    }
}
