package import OutreachSchema

/// The page's language.
package enum DeskLanguage: String, Sendable {
    case english = "en"
    case chinese = "zh-Hans"

    /// - Parameter text: a name, or what a browser says that it accepts.
    init(_ text: String) {
        let first = text.split(separator: ",").first.map { $0.lowercased() } ?? ""
        self = first.hasPrefix("zh") ? .chinese : .english
    }

    package var labels: LabelLanguage { self == .chinese ? .chinese : .english }
}

/// What the page says.
enum DeskWords {
    static func texts(_ language: DeskLanguage) -> [String: String] {
        language == .chinese ? chinese : english
    }

    private static let all = words.merging(reportWords) { word, _ in word }
    private static let english = all.mapValues(\.0)
    private static let chinese = all.mapValues(\.1)

    private static let words: [String: (String, String)] = [
        "skip": ("To the content", "跳到正文"), "pages": ("Pages", "页面"),
        "tonight": ("Tonight", "今晚"), "devices": ("Devices", "设备"),
        "records": ("Records", "记录"), "conflicts": ("Conflicts", "冲突"),
        "health": ("Health", "健康"), "log": ("Log", "日志"), "sign_out": ("Sign out", "退出"),
        "sign_in": ("Sign in", "登录"),
        "sign_in_once": (
            "This link works once. You stay signed in for 12 hours, on this browser.",
            "此链接只能用一次。登录后在本浏览器保持 12 小时。"
        ),
        "signed_out": ("You are not signed in", "尚未登录"),
        "how_to_sign_in": (
            "On the hub's machine, this prints a link that works once, for 10 minutes:",
            "在中心的机器上运行下面的命令，会打印一个 10 分钟内有效、只能用一次的链接："
        ),
        "not_done": ("That was not done", "未能完成"),
        "bad_request": ("The form was not understood. Go back and try again.", "无法识别该表单。请返回重试。"),
        "forbidden": (
            "You may look here, and not change anything; or the form was too old. Sign in again.",
            "你只能查看，不能修改；或表单已过期。请重新登录。"
        ),
        "missing": ("There is no such page, or no longer.", "没有这个页面，或已不存在。"),
        "news": ("Something new has come: show it", "有新内容：点此查看"),
        "conflicts_wait": ("Conflicts to decide", "待裁决的冲突"),
        "figures": ("Figures", "数据"), "figure": ("Figure", "项目"),
        "average": ("Same night, 4 weeks", "近四周同日平均"),
        "coverage": ("Must-visit points", "必巡点位"), "points": ("Points", "点位"),
        "left": ("Not reached yet", "尚未到达"), "reached": ("Reached", "已到达"),
        "grid": ("Grid", "网格"), "map": ("Map of the points", "点位图"),
        "open_hazards": ("Open hazards", "未办结隐患"), "none": ("None.", "无。"),
        "days": ("days", "天"), "last_stops": ("Last stops", "最近停留"),
        "new_invite": ("The invite", "邀请"), "code": ("The invite as a QR code", "邀请二维码"),
        "invite_once": (
            "It lets one device join, and is shown only now. Good until", "只能让一台设备加入，仅此一次显示。有效至"
        ),
        "sheet_secret": (
            "Whoever has this can join once. Hand it over, and keep no copy.",
            "持有者可以加入一次。请当面交付，不要留存副本。"
        ),
        "invite": ("Invite a device", "邀请设备"), "name": ("Name", "名称"), "role": ("Role", "角色"),
        "role_lead": ("patrol lead", "巡逻队长"), "role_auditor": ("auditor", "审计员"),
        "role_operator": ("operator", "管理员"), "valid": ("Good for", "有效期"),
        "day": ("a day", "一天"), "hour": ("an hour", "一小时"), "week": ("a week", "一周"),
        "make_invite": ("Make the invite", "生成邀请"), "revoked": ("shut out", "已停用"),
        "seen": ("Last seen", "最近同步"), "delivered": ("Last delivery", "最近送达"),
        "change": ("Change", "更改"), "rename": ("Rename", "改名"),
        "revoke": ("Shut out", "停用"), "restore_device": ("Let in again", "恢复"),
        "revoke_means": (
            "It can no longer sync, nor can what came out of it; what it delivered stays.",
            "它以及由它衍生的设备将无法同步；已送达的内容保留。"
        ),
        "heirs": ("These came out of it", "由它衍生的设备"),
        "open_invites": ("Invites that nobody has used", "未使用的邀请"), "until": ("until", "至"),
        "over": ("over", "已过期"), "withdraw": ("Withdraw", "撤回"),
        "search": ("Search", "搜索"), "deleted": ("deleted", "已删除"),
        "more": ("There are more: search for them.", "还有更多：请搜索。"), "record": ("Record", "记录"),
        "who": ("Device", "设备"), "open": ("Open", "打开"), "department": ("Department", "部门"),
        "assign": ("Assign", "指派"), "resolution": ("Resolution", "处理结果"),
        "resolve": ("Resolved", "已解决"), "dismiss": ("It was none", "不予处理"),
        "delete": ("Delete", "删除"), "restore": ("Restore", "恢复"),
        "history": ("History", "历史"), "field": ("Field", "字段"), "value": ("Value", "值"),
        "written": ("Written", "写入时间"), "received": ("Received by the hub", "中心收到时间"),
        "lost": ("lost a conflict", "冲突中落选"),
        "no_conflicts": ("Nothing to decide.", "没有待裁决的冲突。"), "stands": ("Was kept", "当时保留的值"),
        "now": ("Written since, and stands now", "此后又有人写入，当前值"),
        "other": ("The other value", "另一个值"), "use_this": ("Use this", "采用此值"),
        "write_other": ("Or write another", "或另写一个值"), "save": ("Save", "保存"),
        "position": ("Batches in the log", "日志批次"), "digest": ("Digest", "摘要"),
        "epoch": ("Epoch", "纪元"), "backed_up": ("Last verified backup", "最近核验的备份"),
        "sessions": ("Who is signed in", "已登录的会话"), "rights_viewer": ("viewer", "只读"),
        "rights_operator": ("operator", "管理员"), "level_ok": ("ok", "正常"),
        "level_warn": ("note", "注意"), "level_bad": ("BAD", "异常"),
        "log_means": (
            "What the hub did itself (devices let in and shut out, points, epochs) and what was done on this page, the newest first. Who was signed in when it was done is in the program's own log.",
            "中心自身的操作（设备加入与停用、点位、纪元）以及在本页面上所做的操作，最新在前。当时由哪个会话操作，见程序自己的日志。"
        ),
        "what": ("What", "内容"),
        "changed": (
            "It was changed meanwhile: look at it again, then decide.",
            "内容刚被更改：请重新查看后再决定。"
        ),
        "not_delivered": (
            "It is saved on the page's device, and goes to the hub as soon as the hub takes it.",
            "已保存在页面的设备上，中心可以接收时会自动送达。"
        ),
        "desk_is_self": (
            "This is the page's own device: without it the page could do nothing.",
            "这是本页面自己的设备：停用后页面将无法使用。"
        ),
        "desk_out": (
            "The page's own device, desk, was shut out. On the hub's machine: sync-hub device list, then device restore.",
            "页面自己的设备 desk 已被停用。请在中心的机器上运行 sync-hub device list，再用 device restore 恢复。"
        ),
        "not_now": (
            "The hub could not do that now. Nothing is lost: try again, and look at Health.",
            "中心暂时无法完成。没有内容丢失：请稍后再试，并查看“健康”。"
        ),
        "bad_name": ("A name has 1 to 100 characters.", "名称须为 1 到 100 个字符。"),
        "personal_name": (
            "A name may hold no mobile number or citizen id: it is a role's, not a person's.",
            "名称不得包含手机号或身份证号：它是岗位名称，不是个人。"
        ),
    ]
}
