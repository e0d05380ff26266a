namespace EdgeAgent.Assessment.Findings;

/// <summary>One thing that an assessor must see, with the numbers, instants and series that show it.</summary>
/// <param name="Subject">What it is about: an asset number, <c>agent/device</c>, an agent, an address, or the ledger.</param>
/// <param name="Text">What was found, in a sentence.</param>
/// <param name="Assets">The assets that it concerns; empty when it concerns none of the ledger.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record Finding(
    FindingCode Code,
    FindingSeverity Severity,
    string Subject,
    string Text,
    IReadOnlyList<string> Assets,
    IReadOnlyList<FindingEvidence> Evidence)
{
    /// <summary>The Chinese term of the code.</summary>
    public string Label => Code.Label();
}

/// <summary>One number, instant or series behind a finding.</summary>
/// <param name="What">What it is, for instance <c>good readings</c>.</param>
/// <param name="Value">As text; instants in local time with offset.</param>
/// <param name="Source">The series or device it was taken from, <c>site/agent/device[/tag]</c>; empty when it is of the whole.</param>
public sealed record FindingEvidence(string What, string Value, string Source = "");
