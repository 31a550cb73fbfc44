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
        case .longStay:
            let hours = problem.fact("hours")
            return (
                "\(en) would make it a stay of \(hours) h (until \(problem.fact("understood")))",
                "按\(zh)计算停留长达\(hours)小时（到 \(problem.fact("understood"))）"
            )
        case .otherYear:
            let understood = problem.fact("understood")
            return ("\(en) lies in another season (\(understood))", "\(zh)不是本季的时间（\(understood)）")
        case .unknownPlace, .ambiguousPlace, .ambiguousWord, .nearWord, .optionLike:
            return readingComplaint(problem)
        case .notACode: return ("\(en) is not a code", "\(zh)不是有效编号")
        case .tooLong: return ("\(en) is too long", "\(zh)过长")
        case .badCharacter:
            return ("\(en) holds a character that cannot be kept", "\(zh)含有无法保存的字符")
        case .wrongOrder:
            let start = (en: problem.fact("start_en"), zh: problem.fact("start_zh"))
            return ("\(en) is before \(start.en)", "\(zh)早于“\(start.zh)”")
        case .unknownField: return ("there is no field \(en)", "没有字段\(zh)")
        case .givenTwice: return ("\(en) is given twice", "\(zh)写了两次")
        case .timeMissing: return ("\(en) has a date and no time", "\(zh)只有日期，没有时间")
        case .ambiguousDate: return ("\(en) can be read in several ways", "\(zh)的日期有多种读法")
        case .notAnID, .repeatedRecord, .unknownRecord, .recordDeleted, .changedSince:
            return recordComplaint(problem)
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

    /// Rows that name a record.
    private static func recordComplaint(_ problem: EntryProblem) -> (en: String, zh: String) {
        switch problem.code.kind {
        case .notAnID: return ("the id cell holds no id", "“记录编号”单元格不是编号")
        case .repeatedRecord:
            let line = problem.fact("line")
            return ("the record is on line \(line) already", "该记录在第\(line)行已出现")
        case .unknownRecord:
            return (
                "no record here has this id, and the row does not hold all of one",
                "本机没有这个编号的记录，而这一行的内容又不全"
            )
        case .recordDeleted: return ("the record is deleted here", "该记录在本机已删除")
        default:
            return (
                "\(problem.subject.en) was changed here since the export",
                "\(problem.subject.zh)在导出之后已在本机改动"
            )
        }
    }

    private static func recordAdvice(_ problem: EntryProblem) -> (en: String, zh: String) {
        switch problem.code.kind {
        case .notAnID, .repeatedRecord:
            return ("empty the id cell for a new record", "若是新记录，请清空“记录编号”")
        case .unknownRecord:
            return (
                "sync first, or empty the id cell for a new record", "请先同步；若是新记录，请清空“记录编号”"
            )
        case .recordDeleted:
            return ("restore it first: sync-field restore", "请先用 restore 恢复该记录")
        default:
            return ("export again and edit that", "请重新导出后再修改")
        }
    }

    /// What may be read in more than one way, or in none.
    private static func readingComplaint(_ problem: EntryProblem) -> (en: String, zh: String) {
        let en = problem.subject.en
        let zh = problem.subject.zh
        switch problem.code.kind {
        case .unknownPlace: return ("\(en) is not in the list of points", "\(zh)不在点位表中")
        case .ambiguousPlace: return ("\(en) may be any of several", "\(zh)对应多个地点")
        case .ambiguousWord: return ("\(en) may mean several things", "\(zh)有多种可能")
        case .nearWord: return ("\(en) is almost a known word", "\(zh)与已有的词很接近")
        default:
            return ("the note holds what looks like an option", "备注里有像是选项的文字")
        }
    }

    /// `did you mean …? `; empty if nothing is near.
    private static func readings(of problem: EntryProblem) -> (en: String, zh: String) {
        guard !problem.choices.isEmpty else { return ("", "") }
        let en = problem.choices.map(\.label.en).joined(separator: ", ")
        let zh = problem.choices.map(\.label.zh).joined(separator: "、")
        return ("did you mean \(en)? ", "是不是 \(zh)？")
    }

    /// The readings to choose from, and what takes the text as it is.
    private static func readingAdvice(_ problem: EntryProblem) -> (en: String, zh: String) {
        let en = problem.choices.map(\.label.en).joined(separator: ", ")
        let zh = problem.choices.map(\.label.zh).joined(separator: "、")
        let near = readings(of: problem)
        switch problem.code.kind {
        case .unknownPlace:
            return (
                (near.en.isEmpty ? "see 'sync-field point list'; " : near.en)
                    + "for a place that is new, add --new-place",
                (near.zh.isEmpty ? "请查看 sync-field point list；" : near.zh)
                    + "确是新地点时加 --new-place"
            )
        case .nearWord:
            return ("\(near.en)to keep it as it is, add --as-is", "\(near.zh)要照原样保留，加 --as-is")
        case .optionLike:
            return ("write \(en), or add --as-is to keep it as it is", "请写 \(zh)；要照原样保留，加 --as-is")
        default:
            let more = problem.fact("more")
            let isAll = more.isEmpty
            return (
                "write one of: \(en)" + (isAll ? "" : ", or \(more) more"),
                "请写明其中之一：\(zh)" + (isAll ? "" : "，还有 \(more) 个")
            )
        }
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
        case .notInList:
            let near = readings(of: problem)
            return ("\(near.en)use one of: \(values)", "\(near.zh)请从中选择：\(values)")
        case .notATime:
            return (
                "write 21:40, 昨晚22:30 or 2021-01-05 21:40", "请写成 21:40、昨晚22:30 或 2021-01-05 21:40"
            )
        case .dateMissing: return ("write it as 2021-01-05 21:40", "请写成 2021-01-05 21:40")
        case .inFuture:
            return (
                "write the date too, as in \(problem.fact("example")), or check this device's "
                    + "clock; if it is right, add --as-is",
                "请写明日期，如 \(problem.fact("example"))，或检查本机时钟；若确实如此，加 --as-is"
            )
        case .longStay, .otherYear:
            return (
                "write the date too, as in \(problem.fact("example")); if it is right, add --as-is",
                "请写明日期，如 \(problem.fact("example"))；若确实如此，加 --as-is"
            )
        case .unknownPlace, .ambiguousPlace, .ambiguousWord, .nearWord, .optionLike,
            .ambiguousDate:
            return readingAdvice(problem)
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
            return (
                "check both, with their dates; if it is right, add --as-is",
                "请核对两个时间及日期；若确实如此，加 --as-is"
            )
        case .unknownField: return ("use one of: \(values)", "可用字段：\(values)")
        case .timeMissing:
            let example = problem.fact("example")
            return ("add the time, as in \(example)", "请补上时间，如 \(example)")
        case .notAnID, .repeatedRecord, .unknownRecord, .recordDeleted, .changedSince:
            return recordAdvice(problem)
        case .givenTwice:
            return ("put quotation marks around the note, or leave --note out", "备注请加引号，或去掉 --note")
        case .extraCells: return ("put quotation marks around a cell with commas", "含逗号的单元格请加引号")
        case .brokenQuotes:
            return ("close the cell's quotation mark, and double those within", "请补上引号，内部引号写两遍")
        case .repeatedCode: return ("keep one row for each code", "每个编号只保留一行")
        }
    }
}
