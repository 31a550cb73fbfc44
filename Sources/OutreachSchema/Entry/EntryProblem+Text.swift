extension EntryProblem {
    /// What is wrong, as part of a sentence without a full stop.
    public var message: BilingualText {
        let (en, zh) = Self.complaint(self)
        return BilingualText(en: en, zh: zh)
    }

    /// What to do about it.
    public var mend: BilingualText {
        let (en, zh) = Self.advice(self)
        return BilingualText(en: en, zh: zh)
    }

    /// Message and mend in one line.
    public func text(in language: LabelLanguage) -> String {
        switch language {
        case .english: "\(message.en): \(mend.en)"
        case .chinese: "\(message.zh)：\(mend.zh)"
        }
    }

    private static func complaint(_ problem: EntryProblem) -> (en: String, zh: String) {
        let en = problem.subject.en
        let zh = problem.subject.zh
        switch problem.code.kind {
        case .required: return ("\(en) is missing", "缺少\(zh)")
        case .personal: return personalComplaint(problem)
        case .notAnInteger: return ("\(en) is not a whole number", "\(zh)不是整数")
        case .notANumber: return ("\(en) is not a number", "\(zh)不是数字")
        case .outOfRange: return ("\(en) is out of range", "\(zh)超出范围")
        case .notABool: return ("\(en) is neither yes nor no", "\(zh)既不是“是”也不是“否”")
        case .notInList: return ("\(en) is none of the known values", "\(zh)不在可选值中")
        case .notATime: return ("\(en) cannot be read as a time", "\(zh)不是可识别的时间")
        case .dateMissing: return ("\(en) has no date", "\(zh)缺少日期")
        case .inFuture:
            let understood = problem.fact("understood")
            return ("\(en) would be in the future (\(understood))", "\(zh)会是将来的时间（\(understood)）")
        case .notACode: return ("\(en) is not a code", "\(zh)不是有效编号")
        case .tooLong: return ("\(en) is too long", "\(zh)过长")
        case .badCharacter:
            return ("\(en) holds a character that cannot be kept", "\(zh)含有无法保存的字符")
        case .wrongOrder:
            let start = (en: problem.fact("start_en"), zh: problem.fact("start_zh"))
            return ("\(en) is before \(start.en)", "\(zh)早于“\(start.zh)”")
        case .unknownField: return ("there is no field \(en)", "没有字段\(zh)")
        case .extraCells: return ("the row has more cells than the header", "该行的单元格比表头多")
        case .brokenQuotes: return ("the quotation marks do not pair up", "引号不成对")
        case .repeatedCode:
            let line = problem.fact("line")
            return ("\(en) is on line \(line) already", "\(zh)在第\(line)行已出现")
        }
    }

    private static func personalComplaint(_ problem: EntryProblem) -> (en: String, zh: String) {
        let isCitizenID = problem.fact("kind").contains(PersonalData.citizenID.rawValue)
        return (
            "\(problem.subject.en) holds what looks like a "
                + (isCitizenID ? "citizen id number" : "mobile number"),
            "\(problem.subject.zh)中疑似含有" + (isCitizenID ? "身份证号" : "手机号")
        )
    }

    private static func advice(_ problem: EntryProblem) -> (en: String, zh: String) {
        let limits = "\(problem.fact("minimum"))–\(problem.fact("maximum"))"
        let values = problem.fact("values")
        switch problem.code.kind {
        case .required: return ("fill it in", "请填写")
        case .personal:
            return (
                "leave persons out; if it is something else, allow it with --allow-personal",
                "请勿记录个人信息；若并非个人信息，可用 --allow-personal 保留"
            )
        case .notAnInteger, .notANumber, .outOfRange:
            return ("write a number within \(limits)", "请填写 \(limits) 之间的数字")
        case .notABool: return ("write yes or no", "请填写“是”或“否”")
        case .notInList: return ("use one of: \(values)", "请从中选择：\(values)")
        case .notATime:
            return (
                "write 21:40, 昨晚22:30 or 2021-01-05 21:40", "请写成 21:40、昨晚22:30 或 2021-01-05 21:40"
            )
        case .dateMissing: return ("write it as 2021-01-05 21:40", "请写成 2021-01-05 21:40")
        case .inFuture:
            return (
                "write the date too, as in \(problem.fact("example")), or check this device's clock",
                "请写明日期，如 \(problem.fact("example"))，或检查本机时钟"
            )
        case .notACode:
            return (
                "use letters, digits and - _ . / only, at most \(problem.fact("maximum"))",
                "只用字母、数字和 - _ . /，最多 \(problem.fact("maximum")) 个字符"
            )
        case .tooLong:
            let maximum = problem.fact("maximum")
            return ("shorten it to \(maximum) bytes", "请缩短到 \(maximum) 字节以内")
        case .badCharacter: return ("remove the character U+0000", "请删去字符 U+0000")
        case .wrongOrder:
            return ("check both; after midnight, write the date too", "请核对两个时间；午夜之后请写明日期")
        case .unknownField: return ("use one of: \(values)", "可用字段：\(values)")
        case .extraCells: return ("put quotation marks around a cell with commas", "含逗号的单元格请加引号")
        case .brokenQuotes:
            return ("close the cell's quotation mark, and double those within", "请补上引号，内部引号写两遍")
        case .repeatedCode: return ("keep one row for each code", "每个编号只保留一行")
        }
    }
}
