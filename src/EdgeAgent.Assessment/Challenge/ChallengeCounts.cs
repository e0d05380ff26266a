using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Challenge;

/// <summary>How many live challenges there were, by who asked.</summary>
/// <param name="Assessor">Asked for by assessors.</param>
/// <param name="AssessorObserved">Of these, those whose change live data showed.</param>
/// <param name="AssessorByToken">Of these, those asked by token, whose secret whoever made it has seen.</param>
/// <param name="SelfTests">Asked for by anybody else: they count as no assessor's.</param>
/// <param name="Unrecorded">Of a time when roles were not recorded: they count as nobody's.</param>
public sealed record ChallengeCounts(int Assessor, int AssessorObserved, int AssessorByToken, int SelfTests, int Unrecorded)
{
    /// <summary>No challenge at all.</summary>
    public static ChallengeCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Counts the challenges of a log.</summary>
    public static ChallengeCounts Of(IReadOnlyList<ChallengeRecord> records)
    {
        ChallengeRecord[] assessors = [.. records.Where(r => r.Origin == ChallengeOrigin.Assessor)];
        return new ChallengeCounts(
            assessors.Length, assessors.Count(r => r.CountsAsAssessors), assessors.Count(r => ChallengeRecord.Fact(r.Request, "via") == "token"),
            records.Count(r => r.Origin == ChallengeOrigin.SelfTest), records.Count(r => r.Origin == ChallengeOrigin.Unrecorded));
    }

    /// <summary>What a reader of a pack has to know of its challenges.</summary>
    public BilingualText Text => new(
        (Assessor == 0 ? "没有评审员发起的挑战测试" : $"评审员发起的挑战测试 {Assessor} 次，其中实采数据观察到变化 {AssessorObserved} 次{(AssessorByToken > 0 ? $"，以令牌发起 {AssessorByToken} 次（令牌生成者也见过该令牌）" : "")}")
        + (SelfTests > 0 ? $"；企业或服务商自测 {SelfTests} 次，不作为评审员的测试" : "")
        + (Unrecorded > 0 ? $"；{Unrecorded} 次未记录角色（旧版本），不计为任何人的测试" : "")
        + "。角色以中心的账号为准。",
        (Assessor == 0 ? "No live challenge by an assessor" : $"Live challenges by assessors: {Assessor}, of which live data showed {AssessorObserved}{(AssessorByToken > 0 ? $"; {AssessorByToken} asked by token, which whoever made it has seen" : "")}")
        + (SelfTests > 0 ? $"; self-tests of the enterprise or its provider, which are no assessor's: {SelfTests}" : "")
        + (Unrecorded > 0 ? $"; of a time when roles were not recorded, counted as nobody's: {Unrecorded}" : "")
        + ". Roles are stated by the hub's accounts.");
}
