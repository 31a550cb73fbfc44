public import CommandKit

/// The help texts of `sync-field`: what each command and option is for.
public struct FieldHelpMessages: MessageTopic {
    public let program = Message(
        "field_help.program",
        en: "Keep the outreach log on this device, with or without a network.",
        zh: "在本机记录巡防与宣传工作，有没有网络都能用。")
    public let replica = Message(
        "field_help.replica",
        en: "The replica's file. Default: SYNC_FIELD_REPLICA, else in your data folder.",
        zh: "本地记录库文件；默认取 SYNC_FIELD_REPLICA，否则用数据文件夹里的那个。")

    // Setting up.
    public let initialise = Message(
        "field_help.init",
        en: "Make a replica on this device. Needs no hub and no network.",
        zh: "在本机新建记录库，不需要中心，也不需要网络。")
    public let name = Message(
        "field_help.name",
        en: "What people call this device: a role such as 'red armbands 2', not a person.",
        zh: "这台设备的称呼：写岗位，例如“红袖标2队”，不要写人名。")
    public let join = Message(
        "field_help.join",
        en: "Join a hub with the invite that its operator gave you.",
        zh: "用管理员给的邀请码加入中心。")
    public let invite = Message(
        "field_help.invite",
        en: "The invite, one line; - reads it from standard input.",
        zh: "邀请码，一行文字；写 - 表示从标准输入读取。")
    public let insecure = Message(
        "field_help.insecure",
        en: "Accept a hub over plain http on another machine: others on the way can read along.",
        zh: "允许用不加密的 http 连接其他机器上的中心：途中的人可以看到内容。")

    public let takeOver = Message(
        "field_help.take_over",
        en: "Make a new key for a replica whose key file is lost, and join with it.",
        zh: "记录库的密钥丢失时，另建一把新密钥并用它加入。")

    // Records.
    public let noun = Message(
        "field_help.noun", en: "{label}: add, list, change.", zh: "{label}：登记、查看、修改。")
    public let nounReading = Message(
        "field_help.noun_reading",
        en: "{label}: list and show. The operator writes them.",
        zh: "{label}：查看。由中心管理员维护。")
    public let add = Message("field_help.add", en: "Save a new record.", zh: "登记一条新记录。")
    public let list = Message("field_help.list", en: "List records.", zh: "列出记录。")
    public let show = Message(
        "field_help.show", en: "Show all of one record.", zh: "查看一条记录的全部内容。")
    public let edit = Message(
        "field_help.edit", en: "Change fields of a record.", zh: "修改一条记录的内容。")
    public let delete = Message(
        "field_help.delete",
        en: "Delete a record. It can be restored.", zh: "删除一条记录，之后可以恢复。")
    public let restore = Message(
        "field_help.restore", en: "Bring a deleted record back.", zh: "恢复已删除的记录。")
    public let leave = Message(
        "field_help.leave", en: "Note when a stop ended.", zh: "登记离开时间，结束一次停留。")
    public let leaveTime = Message(
        "field_help.leave_time", en: "When. Default: now.", zh: "离开时间，默认现在。")
    public let id = Message(
        "field_help.id",
        en: "Its row in the last list, its id or the first 4 digits of it, or 'last': the newest "
            + "made here.",
        zh: "上次列表里的行号、编号（写开头 4 位即可），或 last：本机最新的一条。")
    public let undo = Message(
        "field_help.undo",
        en: "Take back the last save, edit, deletion, restore or import of this device.",
        zh: "撤销本机最近一次登记、修改、删除、恢复或导入。")
    public let undoID = Message(
        "field_help.undo_id",
        en: "Take back what was done last to this record. Default: what was done last at all.",
        zh: "撤销对这条记录的最近一次操作；不写则撤销最近一次操作。")
    public let undoImport = Message(
        "field_help.undo_import",
        en: "Take back the last import of this file.", zh: "撤销这个文件最近一次的导入。")
    public let undoRedo = Message(
        "field_help.undo_redo", en: "Take back the last undo.", zh: "重做：取消最近一次撤销。")
    public let undoDryRun = Message(
        "field_help.undo_dry_run",
        en: "Only tell what would be taken back.", zh: "只显示会撤销什么，不保存。")
    public let undoForce = Message(
        "field_help.undo_force",
        en: "Also where another device has written since.", zh: "即使其他设备之后写过，也撤销。")
    public let like = Message(
        "field_help.like",
        en: "Take over place and manner from another record: its id, or 'last'.",
        zh: "沿用另一条记录的地点和方式：写它的编号，或 last。")
    public let allowPersonal = Message(
        "field_help.allow_personal",
        en: "Keep a text that looks like a citizen id or mobile number; this is recorded.",
        zh: "保留疑似身份证号或手机号的文字；此事会被记下。")
    public let asIs = Message(
        "field_help.as_is",
        en: "Keep an unlikely time or a word that is near a known one: it is right.",
        zh: "时间不寻常、或用词与已有的词接近时，照原样保留。")
    public let newPlace = Message(
        "field_help.new_place",
        en: "Take a point or grid that is not in the list.", zh: "使用点位表里没有的点位或网格。")
    public let stopWords = Message(
        "field_help.stop_words",
        en: "The point (14, its code, a piece of its name), then a note.",
        zh: "点位（14、编号或名称的一部分），后面可写备注。")
    public let activityWords = Message(
        "field_help.activity_words",
        en: "The kind, perhaps the grid, then a note.", zh: "活动类型，可接网格，后面可写备注。")
    public let educationWords = Message(
        "field_help.education_words",
        en: "The topic, perhaps the method and the grid, then a note.",
        zh: "主题，可接方式和网格，后面可写备注。")
    public let hazardWords = Message(
        "field_help.hazard_words",
        en: "The point and the category, in either order, then a note.",
        zh: "点位和类别（先后不限），后面可写备注。")
    public let clear = Message(
        "field_help.clear",
        en: "Empty a field. May be repeated.", zh: "清空一个字段，可重复使用。")
    public let deleted = Message(
        "field_help.deleted", en: "Only those that were deleted.", zh: "只列出已删除的记录。")
    public let filter = Message(
        "field_help.filter",
        en: "Only those whose field has this value. May be repeated.",
        zh: "只列出该字段为此值的记录，可重复使用。")
    public let shift = Message(
        "field_help.shift",
        en:
            "Only those of one shift (12:00 to 12:00): the evening's date, 'tonight' or 'yesterday'.",
        zh: "只列出某一班（12:00 至次日 12:00）的记录：写当晚日期，或“今晚”“昨晚”。")
    public let limit = Message(
        "field_help.limit", en: "At most so many, the latest.", zh: "最多列出最近的几条。")
    public let assign = Message(
        "field_help.assign", en: "Hand a hazard to a department.", zh: "把隐患指派给部门。")
    public let department = Message(
        "field_help.department",
        en: "The department, never a person: a word, or its beginning.",
        zh: "部门，不写人名；写开头即可。")
    public let resolve = Message(
        "field_help.resolve", en: "Note that a hazard is gone.", zh: "登记隐患已解决。")
    public let resolution = Message(
        "field_help.resolution", en: "What was done.", zh: "处理结果。")
    public let resolveTime = Message(
        "field_help.resolve_time", en: "When it was resolved. Default: now.", zh: "解决时间，默认现在。")
    public let accidentPrevented = Message(
        "field_help.accident_prevented",
        en: "It would have led to an accident.", zh: "因此避免了事故。")
    public let dismiss = Message(
        "field_help.dismiss", en: "Note that a hazard was none.", zh: "登记不予处理。")
    public let reason = Message("field_help.reason", en: "Why.", zh: "原因。")
    public let record = Message(
        "field_help.record",
        en: "Look into any collection, also those of newer versions.",
        zh: "查看任意类别的记录，包括新版本才有的。")
    public let collections = Message(
        "field_help.collections", en: "List the collections.", zh: "列出所有类别。")
    public let collection = Message(
        "field_help.collection", en: "The collection's name.", zh: "类别的名称。")
    public let why = Message(
        "field_help.why",
        en: "Tell how far each change of a record has come.",
        zh: "查看一条记录的每次改动到了哪一步。")

    // The options of fields.
    public let fieldText = Message("field_help.field_text", en: "{label}.", zh: "{label}。")
    public let fieldTime = Message(
        "field_help.field_time",
        en: "{label}, such as 21:40 or '2021-01-05 21:40'.",
        zh: "{label}，例如 21:40、昨晚22:30 或 '2021-01-05 21:40'。")
    public let fieldEventTime = Message(
        "field_help.field_event_time",
        en: "{label}, such as 21:40 or '2021-01-05 21:40'. A new record takes the present time.",
        zh: "{label}，例如 21:40、昨晚22:30 或 '2021-01-05 21:40'；登记时默认现在。")
    public let fieldWords = Message(
        "field_help.field_words", en: "{label}: {values}.", zh: "{label}：{values}。")
    public let fieldOpenWords = Message(
        "field_help.field_open_words",
        en: "{label}: {values}, or your own words.", zh: "{label}：{values}，也可自己写。")

    // Syncing.
    public let sync = Message(
        "field_help.sync",
        en: "Exchange changes with the hub.", zh: "与中心同步。")
    public let watch = Message(
        "field_help.watch", en: "Go on syncing until Ctrl-C.", zh: "持续同步，按 Ctrl-C 结束。")
    public let every = Message(
        "field_help.every", en: "With --watch: the pause between syncs.", zh: "配合 --watch：每次同步的间隔。")
    public let dryRun = Message(
        "field_help.dry_run",
        en: "Only tell what is waiting; contact nobody.", zh: "只显示等待发送的内容，不联网。")
    public let status = Message(
        "field_help.status",
        en: "Tell what is saved, sent and backed up.", zh: "查看保存、发送和备份的情况。")

    // Conflicts.
    public let conflict = Message(
        "field_help.conflict",
        en: "Values that two devices wrote without knowing of each other.",
        zh: "两台设备互不知情、写了不同内容的地方。")
    public let conflictList = Message(
        "field_help.conflict_list", en: "List open conflicts.", zh: "列出未处理的冲突。")
    public let conflictAll = Message(
        "field_help.conflict_all", en: "Resolved ones too.", zh: "也列出已处理的。")
    public let conflictShow = Message(
        "field_help.conflict_show", en: "Show one conflict.", zh: "查看一个冲突。")
    public let conflictResolve = Message(
        "field_help.conflict_resolve", en: "Settle a conflict.", zh: "处理一个冲突。")
    public let conflictID = Message(
        "field_help.conflict_id",
        en: "The conflict's id, or its first digits.", zh: "冲突的编号，写开头几位即可。")
    public let use = Message(
        "field_help.use",
        en: "Which value shall stand: the one kept, or the one lost.",
        zh: "用哪个值：kept 保留现在的，lost 换回被盖掉的。")
    public let value = Message(
        "field_help.value", en: "Another value that shall stand.", zh: "改用另一个值。")

    // Files and figures.
    public let importing = Message(
        "field_help.import",
        en: "Take over the rows of a CSV file. Doing it twice adds nothing.",
        zh: "导入 CSV 表格。重复导入不会产生重复记录。")
    public let importFile = Message(
        "field_help.import_file", en: "The CSV file.", zh: "CSV 文件。")
    public let importInto = Message(
        "field_help.import_into",
        en: "The collection: stops, activities, education or hazards.",
        zh: "导入到哪个类别：stops、activities、education 或 hazards。")
    public let importRejects = Message(
        "field_help.import_rejects",
        en: "Where rows go that were not taken. Default: FILE's name with .rejects.csv.",
        zh: "未导入的行写到哪里；默认是原文件名加 .rejects.csv。")
    public let report = Message(
        "field_help.report", en: "Add up what was done.", zh: "统计工作成果。")
    public let reportFrom = Message(
        "field_help.report_from", en: "First shift: the evening's date.", zh: "从哪一班起：写当晚日期。")
    public let reportTo = Message(
        "field_help.report_to", en: "Last shift, included.", zh: "到哪一班止（含）。")
    public let reportHTML = Message(
        "field_help.report_html",
        en: "Write a page with pictures instead: a new file.", zh: "改为写出一份带图的网页：新文件。")
    public let handover = Message(
        "field_help.handover",
        en: "Write a message for the group chat: the night in 20 short lines.",
        zh: "生成交班消息：20 行以内，可直接粘贴到群里。")
    public let handoverShift = Message(
        "field_help.handover_shift",
        en: "Which shift: the evening's date, 'tonight' or 'yesterday'. Default: the running one.",
        zh: "哪一班：当晚日期，或“今晚”“昨晚”；默认当前班次。")
    public let reportBy = Message(
        "field_help.report_by", en: "Break the figures down.", zh: "按网格或班次分列。")
}

extension Messages {
    public static let fieldHelp = FieldHelpMessages()
}
