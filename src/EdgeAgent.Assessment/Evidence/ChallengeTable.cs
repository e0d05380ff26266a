using EdgeAgent.Assessment.Challenge;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The live challenges of a pack as a table: who asked in which role, what came of it, and whether it is an assessor's.</summary>
internal static class ChallengeTable
{
    private static readonly string[] Asked = ["role", "via", "asset", "agent", "device", "tag", "action", "expected", "limitSeconds"];
    private static readonly string[] Came = ["before", "after", "sourceTime", "latencyMs", "provenance"];

    public static byte[] Write(ReadOnlySpan<byte> log)
    {
        EvidenceCsv csv = new(["number", "kind", "requestedAt", "who", .. Asked, "outcome", .. Came, "countsAsAssessors"]);
        foreach (ChallengeRecord record in ChallengeRecord.Of(AuditChain.Read(log, out string? _)))
        {
            csv.Cell(record.Request.Sequence).Cell(KindOf(record.Origin)).Cell(PackTables.InstantText(Core.Model.UnixTicks.From(record.Request.At))).Cell(record.Request.Who);
            foreach (string name in Asked)
            {
                csv.Cell(ChallengeRecord.Fact(record.Request, name));
            }

            csv.Cell(record.Outcome is null ? "none recorded" : record.IsObserved ? "observed" : "nothing came");
            foreach (string name in Came)
            {
                csv.Cell(record.Outcome is { } outcome ? ChallengeRecord.Fact(outcome, name) : "");
            }

            csv.Cell(record.CountsAsAssessors ? "yes" : "no").EndRow();
        }

        return csv.ToBytes();
    }

    private static string KindOf(ChallengeOrigin origin) => origin switch
    {
        ChallengeOrigin.Assessor => "assessor's challenge",
        ChallengeOrigin.SelfTest => "self-test",
        _ => "role not recorded",
    };
}
