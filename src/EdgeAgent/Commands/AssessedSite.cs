using System.Globalization;
using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands;

/// <summary>Finds what an assessment needs beside the store: a site's ledger as of an instant, rule pack, 采集点表 and baseline.</summary>
internal sealed class AssessedSite(string site, HubConfig hub, string configuration, TimeProvider time)
{
    public string Site => site;

    /// <summary>Where the site's signed baseline lies.</summary>
    public string BaselinePath => Path.Combine(hub.DataDirectory, "baseline", Uri.EscapeDataString(site) + ".json");

    /// <summary>The recorded ledger of the site as of the instant; where nothing is recorded, the file of the configuration.</summary>
    /// <exception cref="CommandFailure">There is none, or it is wrong.</exception>
    public DeviceLedger LoadLedger(DateTimeOffset asOf)
    {
        if (Recorded(asOf) is { } recorded)
        {
            return recorded;
        }

        string path = hub.Ledger ?? throw CommandFailure.BadUsage(
            $"{configuration} names no device ledger, so there is nothing to divide by. Add \"ledger\": \"./ledger.csv\" to its hub section; configs/ledger.csv is a sample.");
        LedgerImport import = LedgerCsv.ReadFile(path);
        return import.Ledger ?? throw CommandFailure.BadUsage(
            $"{path}:{Environment.NewLine}{string.Join(Environment.NewLine, import.Problems)}{Environment.NewLine}{import.Problems.Count} problems; nothing was imported.");
    }

    /// <summary>What was recorded for the site until the instant, or null when nothing ever was.</summary>
    public DeviceLedger? Recorded(DateTimeOffset asOf)
    {
        try
        {
            return SiteLedger.Exists(hub.DataDirectory, site) ? SiteLedger.Open(hub.DataDirectory, site, time).Read().AsOf(UnixTicks.From(asOf)) : null;
        }
        catch (Exception e) when (e is LedgerDamagedException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The ledger of site {site} in {hub.DataDirectory} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The pack with the site's recorded overrides.</summary>
    public LoadedRulePack LoadRulePack(string? other, DeviceLedger ledger)
    {
        try
        {
            string name = other ?? hub.RulePack;
            return ledger.Overrides.Count > 0 ? RulePackCatalog.WithOverrides(name, ledger.Overrides) : RulePackCatalog.Load(name);
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    public PointTable LoadPoints()
    {
        if (hub.Points is not { } path)
        {
            return PointTable.Empty;
        }

        (PointTable? table, IReadOnlyList<LedgerProblem> problems) = PointTableCsv.ReadFile(path);
        return table ?? throw CommandFailure.BadUsage($"{path}:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }

    /// <summary>The signed baseline of the site, or null when there is none.</summary>
    public SignedBaseline? LoadBaseline(ReadOnlyMemory<byte> hubKey)
    {
        if (!File.Exists(BaselinePath))
        {
            return null;
        }

        try
        {
            return SignedBaseline.Read(File.ReadAllBytes(BaselinePath), hubKey.Span);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The baseline {BaselinePath} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Reads <c>now</c>, a date (its first moment in Asia/Shanghai) or an instant with offset; never in the future.</summary>
    public static DateTimeOffset ParseInstant(string text, DateTimeOffset now)
    {
        bool hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        DateTimeOffset instant = text == "now" ? now
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? ShanghaiTime.StartOf(day)
            : hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact) ? exact
            : throw CommandFailure.BadUsage($"--as-of '{text}' is not an instant; expected now, 2025-11-20 or 2025-11-20T08:00:00+08:00.");
        return instant <= now ? instant : throw CommandFailure.BadUsage($"--as-of {text} lies in the future; the figures of a day are known when it has come.");
    }

    public static WindowLength? ParseWindow(string? text) => text is null ? null
        : WindowLength.TryParse(text, out WindowLength length) ? length
        : throw CommandFailure.BadUsage($"--window '{text}' is not a length; expected for instance 7d, 12h or 10m, at most 366d.");
}
