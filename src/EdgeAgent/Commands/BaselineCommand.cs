using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent baseline</c>: the signed state before the project, once for each site and never changed.</summary>
internal static class BaselineCommand
{
    private const string PrivateKeyName = "hub.key";
    private const string PublicKeyName = "hub.pub";

    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub." };
        Option<string?> site = new("--site") { Description = "The site, when the hub serves several; the configuration's own by default." };
        Option<string> asOf = new("--as-of")
        {
            Description = "The instant T0 before the project: a date (its first moment in Asia/Shanghai), or a date and time with offset.",
            DefaultValueFactory = _ => "now",
        };
        Option<string?> report = new("--from-report") { Description = "Declare instead of observe: the file of the diagnosis report that the figures are from." };
        Option<int> total = new("--total") { Description = "Declared: production equipment." };
        Option<int> digital = new("--digital") { Description = "Declared: digital equipment." };
        Option<int> networked = new("--networked") { Description = "Declared: networked equipment." };
        Option<string[]> networkedAssets = new("--networked-asset") { Description = "Declared: asset numbers that were networked already; repeat the option.", AllowMultipleArgumentsPerToken = true };
        Command take = new("take", "Sign the state before the project. There is one baseline for each site; it is never replaced.")
        {
            file, site, asOf, report, total, digital, networked, networkedAssets,
        };
        take.SetAction((parsed, cancellation) => TakeAsync(
            context, parsed.GetRequiredValue(file), parsed.GetValue(site), parsed.GetValue(asOf)!,
            parsed.GetValue(report) is { } path
                ? new Declaration(path, parsed.GetValue(total), parsed.GetValue(digital), parsed.GetValue(networked), parsed.GetValue(networkedAssets) ?? [])
                : null,
            cancellation));
        Command show = new("show", "Check the baseline's signature and print what it says.") { file, site };
        show.SetAction((parsed, _) => Task.FromResult(Show(context, parsed.GetRequiredValue(file), parsed.GetValue(site))));
        return new Command("baseline", "The signed state before the project, against which 改造前后 is shown.") { take, show };
    }

    /// <summary>The hub's public key, by which its baselines are checked; empty while it has none.</summary>
    public static ReadOnlyMemory<byte> PublicKeyOf(HubConfig hub)
    {
        string path = Path.Combine(hub.DataDirectory, PublicKeyName);
        if (!File.Exists(path))
        {
            return default;
        }

        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The hub's public key {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Figures that are typed from a diagnosis report.</summary>
    private sealed record Declaration(string Report, int Total, int Digital, int Networked, string[] NetworkedAssets);

    private static async Task<int> TakeAsync(CommandContext context, string file, string? siteName, string asOfText, Declaration? declared, CancellationToken cancellation)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.store", "$.hub.ledger", "$.hub.rulePack", "$.hub.dataDirectory").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section: a baseline is taken where the data is stored.");
        DateTimeOffset now = context.Time.GetUtcNow();
        DateTimeOffset asOf = AssessedSite.ParseInstant(asOfText, now);
        AssessedSite site = new(siteName ?? config.Site, hub, file, context.Time);
        if (File.Exists(site.BaselinePath))
        {
            throw CommandFailure.Failed($"{site.BaselinePath} is the baseline of site {site.Site} already. A baseline is never replaced.");
        }

        DeviceLedger ledger = site.LoadLedger(asOf);
        LoadedRulePack pack = site.LoadRulePack(null, ledger);
        BaselineSnapshot snapshot = declared is null
            ? BaselineSnapshot.Observed(await ObserveAsync(context, site.Site, hub, ledger, pack, asOf, cancellation), now)
            : Declare(site.Site, ledger, pack, asOf, now, declared);
        Write(site.BaselinePath, hub, snapshot);
        context.Out.WriteLine($"{snapshot.Kind} baseline of site {site.Site} as of {snapshot.AsOf:yyyy-MM-dd HH:mm:sszzz}: {snapshot.Total} assets, {snapshot.Digital} digital, {snapshot.Networked} networked. Signed in {site.BaselinePath}.");
        return ExitCodes.Done;
    }

    private static async Task<CoverageReport> ObserveAsync(
        CommandContext context, string site, HubConfig hub, DeviceLedger ledger, LoadedRulePack pack, DateTimeOffset asOf, CancellationToken cancellation)
    {
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            return await new CoverageAssessment(store, ledger, pack, context.Time).AssessAsync(new AssessmentRequest(site, asOf), cancellation);
        }
        catch (StoreUnavailableException problem)
        {
            throw CommandFailure.Failed($"The store of site {site} cannot be read: {problem.Message}", problem);
        }
    }

    private static BaselineSnapshot Declare(string site, DeviceLedger ledger, LoadedRulePack pack, DateTimeOffset asOf, DateTimeOffset now, Declaration declared)
    {
        try
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(declared.Report)));
            BaselineAsset[] assets = [.. declared.NetworkedAssets.Select(a => new BaselineAsset(a, ledger.Find(a)?.Name ?? "", true, true, true))];
            return BaselineSnapshot.Declared(
                site, now, asOf, pack, ledger.Sha256, declared.Total, declared.Digital, declared.Networked, Path.GetFileName(declared.Report), hash, assets);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadUsage($"This baseline cannot be declared: {e.Message}");
        }
    }

    internal static void Write(string path, HubConfig hub, BaselineSnapshot snapshot)
    {
        try
        {
            using EcdsaBatchSigner key = AgentKeyFile.LoadOrCreate(hub.DataDirectory, PrivateKeyName, PublicKeyName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(SignedBaseline.Sign(snapshot, key).Write());
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is AgentKeyException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The baseline cannot be signed into {path}: {e.Message}", e);
        }
    }

    private static int Show(CommandContext context, string file, string? siteName)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.dataDirectory").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section.");
        AssessedSite site = new(siteName ?? config.Site, hub, file, context.Time);
        SignedBaseline signed = site.LoadBaseline(PublicKeyOf(hub)) ?? throw CommandFailure.Failed($"Site {site.Site} has no baseline; edgeagent baseline take makes one.");
        BaselineSnapshot s = signed.Snapshot;
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {(s.Kind == BaselineKind.Declared ? $"Declared from {s.Source}, SHA-256 {s.SourceSha256}" : "Observed")}
            As of      {s.AsOf:yyyy-MM-dd HH:mm:sszzz}, taken at {s.TakenAt:yyyy-MM-dd HH:mm:sszzz}
            Rule pack  {s.RulePackId}, SHA-256 {s.RulePackSha256}
            Ledger     SHA-256 {s.LedgerSha256}
            N          {s.Total} ({s.TotalStrict} with those out of use), digital {s.Digital}, networked {s.Networked}
            Signature  holds; SHA-256 of the signed bytes {signed.Sha256}
            """));
        return ExitCodes.Done;
    }
}
