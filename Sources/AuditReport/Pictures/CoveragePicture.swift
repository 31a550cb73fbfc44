import OutreachSchema

/// A heat map: a row a point, a column a night.
///
/// One path a level holds all its cells, so that 12,000 cells take a tenth of a megabyte.
struct CoveragePicture {
    let map: CoverageMap

    private static let cell = 12
    /// Room for the codes at the left and the dates above.
    private static let left = 92
    private static let top = 76
    private static let levels = 4

    private var width: Int { Self.left + map.nights.count * Self.cell + 40 }
    private var height: Int { Self.top + map.rows.count * Self.cell + 8 }

    /// 0 none, 1 fewer than required, 2 as required, 3 more.
    static func level(visits: Int, required: Int) -> Int {
        guard visits > 0 else { return 0 }
        return visits < required ? 1 : visits == required ? 2 : 3
    }

    func write(to html: inout HTMLText) {
        html.element(
            "svg",
            [
                "width": "\(width)", "height": "\(height)", "viewBox": "0 0 \(width) \(height)",
                "role": "img",
                "aria-label": "\(ReportTexts.coverage.en) · \(ReportTexts.coverage.zh)",
            ]
        ) { html in
            html.element("title") {
                $0.text("\(ReportTexts.coverage.en) · \(ReportTexts.coverage.zh)")
            }
            writeNights(to: &html)
            writePoints(to: &html)
            for level in 1..<Self.levels {
                html.element("path", ["class": "v\(level)", "d": cells(of: level)])
            }
            html.element("path", ["class": "edge", "d": lines])
            html.element("path", ["class": "soft", "d": dots])
        }
    }

    /// The date of every seventh night, on end.
    private func writeNights(to html: inout HTMLText) {
        for (index, night) in map.nights.enumerated() where index % 7 == 0 {
            let x = Self.left + index * Self.cell + 9
            html.element(
                "text",
                [
                    "x": "\(x)", "y": "\(Self.top - 4)",
                    "transform": "rotate(-60 \(x) \(Self.top - 4))",
                ]
            ) { $0.text("\(night)") }
        }
    }

    private func writePoints(to html: inout HTMLText) {
        for (index, row) in map.rows.enumerated() {
            let y = Self.top + index * Self.cell + 10
            html.element(
                "text", ["x": "\(Self.left - 6)", "y": "\(y)", "text-anchor": "end"]
            ) { html in
                html.text(row.code.clipped(to: 12))
                html.element("title") { html in
                    html.text(row.code.clipped(to: 40) + " " + row.name.clipped(to: 60))
                }
            }
        }
    }

    /// Neighbours of one level in a row are one rectangle.
    private func cells(of level: Int) -> String {
        var path = ""
        for (y, row) in map.rows.enumerated() {
            var x = 0
            while x < row.visits.count {
                let start = x
                while x < row.visits.count,
                    Self.level(visits: row.visits[x], required: row.required) == level
                {
                    x += 1
                }
                guard x > start else {
                    x += 1
                    continue
                }
                let length = (x - start) * Self.cell
                path += "M\(Self.left + start * Self.cell) \(Self.top + y * Self.cell)"
                path += "h\(length)v\(Self.cell)h-\(length)z"
            }
        }
        return path
    }

    private var lines: String {
        let (right, bottom) = (map.nights.count * Self.cell, map.rows.count * Self.cell)
        var path = ""
        for x in 0...map.nights.count {
            path += "M\(Self.left + x * Self.cell) \(Self.top)v\(bottom)"
        }
        for y in 0...map.rows.count { path += "M\(Self.left) \(Self.top + y * Self.cell)h\(right)" }
        return path
    }

    /// A dot where required visits are missing altogether, in a night that holds visits: a gap is a
    /// sign, not just no colour.
    private var dots: String {
        var path = ""
        for (y, row) in map.rows.enumerated() where row.required > 0 {
            for (x, visits) in row.visits.enumerated()
            where visits == 0 && !map.idleNights.contains(map.nights[x]) {
                path += "M\(Self.left + x * Self.cell + 5) \(Self.top + y * Self.cell + 5)h2v2h-2z"
            }
        }
        return path
    }
}
