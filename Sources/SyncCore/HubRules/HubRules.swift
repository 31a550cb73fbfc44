// The hub's rules, number 1.
//
// Problem: devices write for weeks without seeing each other, with clocks that may be years off.
// Plain last-writer-wins by claimed time lets one wrong clock beat everything written later, and
// loses the other value without a trace. Receipt time instead would let whoever syncs last win.
// Idea: a claim is believed while it is later than the device's last ruled change and not in the
// hub's future. Any other claim falls back on causality: just after what the writer had seen.
// Every overwritten value that its overwriter had not seen becomes a listed conflict.
// Source: Protocol/README.md §6, which binds; hybrid logical clocks: Kulkarni et al., 2014.

/// Rules a batch: pure, so that an auditor's replay comes to the same state.
public struct HubRules {
    /// The rules of a journal in which nothing ever broke.
    public static let plain = 1
    /// The rules from the first batch on that heals a copy or a restored hub: those above, and
    /// Protocol/README.md §6.5 to §6.8.
    public static let healing = 2
    /// How far past the hub's time a claim may lie, in milliseconds: phones drift by seconds,
    /// not by minutes.
    public static let driftLimitMilliseconds: Int64 = 300_000

    /// The facts about the batch and its hub that rules depend on.
    public struct Context: Sendable {
        /// The hub's time in milliseconds since 1970.
        public let hubTime: Int64
        public let device: DeviceID
        /// Nil for a role that this version does not know.
        public let role: Role?
        /// The device's last effective stamp time, zero if none.
        public let lastEffective: StampTime
        public let hub: DeviceID
        public let hubLastEffective: StampTime
        public let policy: RolePolicy
        /// What the batch has to do with a copy or a restored hub.
        public let healing: Healing

        public init(
            hubTime: Int64, device: DeviceID, role: Role?, lastEffective: StampTime,
            hub: DeviceID, hubLastEffective: StampTime, policy: RolePolicy,
            healing: Healing = .none
        ) {
            self.hubTime = hubTime
            self.device = device
            self.role = role
            self.lastEffective = lastEffective
            self.hub = hub
            self.hubLastEffective = hubLastEffective
            self.policy = policy
            self.healing = healing
        }
    }

    /// Rules one batch against the state that `source` reads. Linear in the batch.
    ///
    /// - Throws: what `source` and `changes` throw; nothing is written by this function.
    public static func rule(
        _ changes: some RuledChanges, context: Context, source: some RuleSource
    ) throws -> Ruling {
        var pass = RulePass(context: context, source: source)
        if let adoption = context.healing.adoption {
            for index in 0..<changes.count {
                try pass.adopt(try changes.change(index), index, adoption)
            }
            try pass.finishAdoption()
        } else {
            for index in 0..<changes.count { try pass.take(index, of: changes) }
            try pass.listConflicts()
            try pass.closeConflicts(changes)
        }
        return try pass.finish()
    }
}
