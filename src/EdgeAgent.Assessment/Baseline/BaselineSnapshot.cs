using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Baseline;

/// <summary>The state of an enterprise before its project (rule R12). Immutable: it is signed as bytes.</summary>
/// <param name="Format">Version of this shape, 1.</param>
/// <param name="TakenAt">When it was made, by the hub's clock.</param>
/// <param name="AsOf">T0, its report instant.</param>
/// <param name="RulePackSha256">The pack by which it was made.</param>
/// <param name="Source">For a declared one: what it was typed from, for instance 诊断报告, with the file's name.</param>
/// <param name="SourceSha256">For a declared one: the hash of that file; empty when it was observed.</param>
/// <param name="Assets">The assets of N at T0 and those out of use, by number.</param>
public sealed record BaselineSnapshot(
    int Format,
    BaselineKind Kind,
    string? Site,
    DateTimeOffset TakenAt,
    DateTimeOffset AsOf,
    string RulePackId,
    string RulePackSha256,
    string LedgerSha256,
    int Total,
    int TotalStrict,
    int Digital,
    int Networked,
    string Source,
    string SourceSha256,
    IReadOnlyList<BaselineAsset> Assets)
{
    public const int CurrentFormat = 1;

    /// <summary>An observed baseline: what the same rules find before the project.</summary>
    public static BaselineSnapshot Observed(CoverageReport report, DateTimeOffset takenAt) => new(
        CurrentFormat, BaselineKind.Observed, report.Site, takenAt.ToOffset(ShanghaiTime.Offset), report.AsOf, report.RulePack.Id, report.RulePack.Sha256, report.LedgerSha256,
        report.Counts.Total, report.Counts.TotalStrict, report.Counts.Digital.Evidenced, report.Counts.Networked, "", "",
        [.. report.Devices.Select(d => new BaselineAsset(d.AssetNo, d.Name, true, d.Digital >= DigitalLevel.Evidenced, d.Networked))
            .Concat(report.Exclusions.Select(e => new BaselineAsset(e.AssetNo, e.Name, false, false, false))).OrderBy(a => a.AssetNo, StringComparer.Ordinal)]);

    /// <summary>A declared baseline: figures from a diagnosis report, whose file is named by its hash.</summary>
    /// <param name="assets">The assets that the report names; those that are networked can never be newly networked.</param>
    /// <exception cref="ArgumentException">The figures contradict themselves, or nothing names the report.</exception>
    public static BaselineSnapshot Declared(
        string? site, DateTimeOffset takenAt, DateTimeOffset asOf, RulePacks.LoadedRulePack pack, string ledgerSha256, int total, int digital, int networked,
        string source, string sourceSha256, IReadOnlyList<BaselineAsset> assets)
    {
        if (total < 0 || digital < 0 || networked < 0 || digital > total || networked > total)
        {
            throw new ArgumentException($"A baseline of {total} assets cannot have {digital} digital and {networked} networked ones.", nameof(total));
        }

        if (source.Length == 0 || sourceSha256.Length != 64 || !sourceSha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A declared baseline names the report that it was typed from, with the SHA-256 of its file.", nameof(sourceSha256));
        }

        return new(
            CurrentFormat, BaselineKind.Declared, site, takenAt.ToOffset(ShanghaiTime.Offset), asOf.ToOffset(ShanghaiTime.Offset), pack.Rules.Id, pack.Sha256, ledgerSha256,
            total, total, digital, networked, source, sourceSha256, [.. assets.OrderBy(a => a.AssetNo, StringComparer.Ordinal)]);
    }
}

/// <summary>One asset at T0.</summary>
/// <param name="Counted">Whether it was in N.</param>
public sealed record BaselineAsset(string AssetNo, string Name, bool Counted, bool Digital, bool Networked);
