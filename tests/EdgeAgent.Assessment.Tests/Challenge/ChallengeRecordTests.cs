using EdgeAgent.Assessment.Challenge;

namespace EdgeAgent.Assessment.Tests.Challenge;

public sealed class ChallengeRecordTests
{
    private readonly List<AuditEntry> _log = [];

    [Fact]
    public void Only_what_an_assessor_asked_for_and_live_data_showed_counts_as_his()
    {
        Asked("challenge requested", "assessor", "login");
        Came("challenge observed", 1, "live");
        Asked("challenge requested", "assessor", "token");
        Came("challenge without result", 3, "");
        Asked("challenge requested", "assessor", "login");
        Came("challenge observed", 5, "simulated");
        Asked("self-test requested", "admin", "login");
        Came("self-test observed", 7, "live");

        IReadOnlyList<ChallengeRecord> records = ChallengeRecord.Of(_log);

        Assert.Equal([true, false, false, false], records.Select(r => r.CountsAsAssessors));
        Assert.Equal(new ChallengeCounts(Assessor: 3, AssessorObserved: 1, AssessorByToken: 1, SelfTests: 1, Unrecorded: 0), ChallengeCounts.Of(records));
    }

    [Fact]
    public void A_challenge_of_a_time_without_roles_counts_as_nobodys()
    {
        Asked("challenge requested", null, null);
        Came("challenge observed", 1, "live");
        ChallengeRecord record = Assert.Single(ChallengeRecord.Of(_log));
        Assert.Equal((ChallengeOrigin.Unrecorded, true, false), (record.Origin, record.IsObserved, record.CountsAsAssessors));
    }

    [Theory]
    [InlineData("challenge requested", "admin")] // calls itself a challenge
    [InlineData("self-test requested", "assessor")] // calls itself an assessor's
    public void A_line_whose_word_and_role_do_not_agree_is_a_self_test(string what, string role)
    {
        Asked(what, role, "login");
        Assert.Equal(ChallengeOrigin.SelfTest, Assert.Single(ChallengeRecord.Of(_log)).Origin);
    }

    [Fact]
    public void A_result_belongs_to_one_request_before_it_and_of_its_kind_and_the_first_one_holds()
    {
        Came("challenge observed", 2, "live"); // before it was asked for
        Asked("challenge requested", "assessor", "login");
        Came("self-test observed", 2, "live");
        Assert.Null(Assert.Single(ChallengeRecord.Of(_log)).Outcome);

        _log.Clear();
        Asked("challenge requested", "assessor", "login");
        Came("challenge without result", 1, "");
        Came("challenge observed", 1, "live");
        Assert.False(Assert.Single(ChallengeRecord.Of(_log)).IsObserved);
    }

    [Fact]
    public void What_a_reader_is_told_says_it_in_both_languages()
    {
        Assert.Equal("没有评审员发起的挑战测试。角色以中心的账号为准。", ChallengeCounts.None.Text.Zh);
        ChallengeCounts all = new(3, 1, 1, 2, 4);
        Assert.Equal("评审员发起的挑战测试 3 次，其中实采数据观察到变化 1 次，以令牌发起 1 次（令牌生成者也见过该令牌）；企业或服务商自测 2 次，不作为评审员的测试；4 次未记录角色（旧版本），不计为任何人的测试。角色以中心的账号为准。", all.Text.Zh);
        Assert.Equal(
            "Live challenges by assessors: 3, of which live data showed 1; 1 asked by token, which whoever made it has seen; self-tests of the enterprise or its provider, which are no assessor's: 2; of a time when roles were not recorded, counted as nobody's: 4. Roles are stated by the hub's accounts.",
            all.Text.En);
    }

    private void Asked(string what, string? role, string? via) => Add(what, ("role", role), ("via", via), ("tag", "running"));

    private void Came(string what, int of, string provenance) => Add(what, ("challenge", $"{of}"), ("provenance", provenance));

    private void Add(string what, params (string Name, string? Value)[] facts) => _log.Add(new AuditEntry(
        _log.Count + 1, DateTimeOffset.UnixEpoch, "评审员", what,
        new SortedDictionary<string, string>(facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!), StringComparer.Ordinal), ""));
}
