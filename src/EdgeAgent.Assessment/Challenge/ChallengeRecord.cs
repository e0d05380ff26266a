namespace EdgeAgent.Assessment.Challenge;

/// <summary>One live challenge out of the log: who asked, and what came of it.</summary>
/// <param name="Outcome">Null while it is waited for, and when the program ended meanwhile.</param>
public sealed record ChallengeRecord(AuditEntry Request, AuditEntry? Outcome, ChallengeOrigin Origin)
{
    internal const string Challenge = "challenge";
    internal const string SelfTest = "self-test";
    internal const string Requested = " requested";
    internal const string Observed = " observed";
    internal const string WithoutResult = " without result";

    /// <summary>Whether the change came, whatever kind of data showed it.</summary>
    public bool IsObserved => Outcome is { What: var what } && what.EndsWith(Observed, StringComparison.Ordinal);

    /// <summary>Whether it says to an assessor that a real machine was seen: he asked, and live data showed it.</summary>
    public bool CountsAsAssessors => Origin == ChallengeOrigin.Assessor && IsObserved && Fact(Outcome!, "provenance") == "live";

    /// <summary>The challenges of a log, in the order in which they were asked for.</summary>
    public static IReadOnlyList<ChallengeRecord> Of(IReadOnlyList<AuditEntry> log)
    {
        Dictionary<string, AuditEntry> outcomes = new(StringComparer.Ordinal);
        foreach (AuditEntry entry in log.Where(e => e.What.EndsWith(Observed, StringComparison.Ordinal) || e.What.EndsWith(WithoutResult, StringComparison.Ordinal)))
        {
            outcomes.TryAdd(Fact(entry, "challenge"), entry); // What was written down first is what came of it.
        }

        return [.. log.Where(e => e.What is Challenge + Requested or SelfTest + Requested).Select(request =>
        {
            AuditEntry? outcome = outcomes.GetValueOrDefault(request.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new ChallengeRecord(request, outcome is { } came && came.Sequence > request.Sequence && KindOf(came) == KindOf(request) ? came : null, OriginOf(request));
        })];
    }

    /// <remarks>By the role and not by the word alone: a line that calls itself a challenge and was asked for by somebody else is none.</remarks>
    private static ChallengeOrigin OriginOf(AuditEntry request) => Fact(request, "role") switch
    {
        _ when KindOf(request) == SelfTest => ChallengeOrigin.SelfTest,
        "" => ChallengeOrigin.Unrecorded,
        ChallengeAsker.Assessor => ChallengeOrigin.Assessor,
        _ => ChallengeOrigin.SelfTest,
    };

    private static string KindOf(AuditEntry entry) => entry.What.Split(' ', 2)[0];

    internal static string Fact(AuditEntry entry, string name) => entry.Facts.GetValueOrDefault(name) ?? "";
}
