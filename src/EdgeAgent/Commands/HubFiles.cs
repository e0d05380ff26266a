using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;

namespace EdgeAgent.Commands;

/// <summary>What verbs about evidence need of a hub: its store, keys, ledger and rule pack, found by its configuration.</summary>
internal sealed class HubFiles(string file, string site, HubConfig hub, TimeProvider time)
{
    public const string PrivateKeyName = "hub.key";
    public const string PublicKeyName = "hub.pub";

    public string Site => site;

    public HubConfig Hub => hub;

    public string PublicKeyPath => Path.Combine(hub.DataDirectory, PublicKeyName);

    public PackShelf Shelf => new(hub.DataDirectory, site);

    public string ChallengeLogPath => Path.Combine(hub.DataDirectory, "audit", Uri.EscapeDataString(site), "challenges.jsonl");

    public string AuditLogPath => Path.Combine(hub.DataDirectory, "audit", Uri.EscapeDataString(site), "access.jsonl");

    public static HubFiles Load(CommandContext context, string file)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.store", "$.hub.ledger", "$.hub.rulePack", "$.hub.dataDirectory", "$.hub.points").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section; evidence is made where the data is stored.");
        return new HubFiles(file, config.Site, hub, context.Time);
    }

    public EcdsaBatchSigner LoadKey()
    {
        try
        {
            return AgentKeyFile.LoadOrCreate(hub.DataDirectory, PrivateKeyName, PublicKeyName);
        }
        catch (Exception problem) when (problem is AgentKeyException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The hub's key cannot be used: {problem.Message}", problem);
        }
    }

    /// <summary>The ledger's source: the recorded events of the site, or the configuration's file where nothing is recorded.</summary>
    public (byte[] Bytes, bool IsEvents) ReadLedger()
    {
        try
        {
            if (SiteLedger.Exists(hub.DataDirectory, site))
            {
                return (SiteLedger.Open(hub.DataDirectory, site, time).ReadBytes(), true);
            }

            return (File.ReadAllBytes(hub.Ledger ?? throw CommandFailure.BadUsage(
                $"{file} names no device ledger, so there is nothing to divide by. Add \"ledger\": \"./ledger.csv\" to its hub section; configs/ledger.csv is a sample.")), false);
        }
        catch (Exception problem) when (problem is LedgerDamagedException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The device ledger of site {site} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The ledger as of an instant.</summary>
    public DeviceLedger LoadLedger(DateTimeOffset asOf)
    {
        if (SiteLedger.Exists(hub.DataDirectory, site))
        {
            return SiteLedger.Open(hub.DataDirectory, site, time).Read().AsOf(UnixTicks.From(asOf));
        }

        LedgerImport import = LedgerCsv.Read(ReadLedger().Bytes);
        return import.Ledger ?? throw CommandFailure.BadUsage(
            $"{hub.Ledger}:{Environment.NewLine}{string.Join(Environment.NewLine, import.Problems)}{Environment.NewLine}{import.Problems.Count} problems; nothing was imported.");
    }

    /// <summary>The rule pack with the site's recorded overrides.</summary>
    public LoadedRulePack LoadRules(DeviceLedger ledger)
    {
        try
        {
            return ledger.Overrides.Count > 0 ? RulePackCatalog.WithOverrides(hub.RulePack, ledger.Overrides) : RulePackCatalog.Load(hub.RulePack);
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    /// <summary>The 采集点表's file, or null where the configuration names none.</summary>
    public byte[]? ReadPoints()
    {
        try
        {
            return hub.Points is { } path ? File.ReadAllBytes(path) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadUsage($"The point table {hub.Points} cannot be read: {problem.Message}");
        }
    }

    public PointTable LoadPoints() => new AssessedSite(site, hub, file, time).LoadPoints();

    /// <summary>Whether a baseline was signed; it is never replaced.</summary>
    public bool HasBaseline => File.Exists(BaselinePath);

    private string BaselinePath => Path.Combine(hub.DataDirectory, "baseline", Uri.EscapeDataString(site) + ".json");

    /// <summary>The signed baseline's file, or null.</summary>
    public byte[]? ReadBaseline() => HasBaseline ? File.ReadAllBytes(BaselinePath) : null;

    public byte[] ReadRulePack()
    {
        try
        {
            return RulePackCatalog.ReadBytes(hub.RulePack);
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    /// <summary>Keys of the agents that were let in.</summary>
    public IReadOnlyList<PackAgent> ReadAgents()
    {
        using AgentRegistry registry = AgentRegistry.Open(hub.DataDirectory, time);
        return [.. registry.List().Where(a => a.Agent.Site == site && a.Status != EnrolmentStatus.Pending).Select(a => new PackAgent(
            a.Agent.Site, a.Agent.Agent, Convert.ToBase64String(a.PublicKey),
            UnixTicks.ToDateTimeOffset(a.FirstSeenTicks).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), a.Note))];
    }

    /// <exception cref="CommandFailure">A file is no public key.</exception>
    public static VerificationKeys ReadKeys(IEnumerable<string> files)
    {
        VerificationKeys keys = new();
        foreach (string path in files)
        {
            try
            {
                keys.AddPem(File.ReadAllText(path));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
            {
                throw CommandFailure.BadUsage($"{path} is no public key: {problem.Message}. Give hub.pub of the hub's data directory, and agent.pub of each agent's.");
            }
        }

        return keys;
    }

    /// <summary>Reads <c>now</c>, a date (its first moment in Asia/Shanghai) or an instant with offset; never in the future.</summary>
    public static DateTimeOffset ParseInstant(string text, DateTimeOffset now)
    {
        bool hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        DateTimeOffset instant = text == "now" ? now
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? ShanghaiTime.StartOf(day)
            : hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact) ? exact
            : throw CommandFailure.BadUsage($"'{text}' is not an instant; expected now, 2025-11-20 or 2025-11-20T08:00:00+08:00.");
        return instant <= now ? instant : throw CommandFailure.BadUsage($"{text} lies in the future; what a day comes to is known when it has come.");
    }

    public static WindowLength? ParseWindow(string? text) => text is null ? null
        : WindowLength.TryParse(text, out WindowLength length) ? length
        : throw CommandFailure.BadUsage($"--window '{text}' is not a length; expected for instance 7d, 12h or 10m, at most 366d.");
}
