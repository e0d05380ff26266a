using System.CommandLine;
using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Ledger;

/// <summary>The ledger that a hub's configuration leads to, and what every verb on it shares: options, errors, instants.</summary>
internal sealed class LedgerFolder
{
    private readonly CommandContext _context;

    private LedgerFolder(CommandContext context, string site, HubConfig hub, SiteLedger ledger)
    {
        _context = context;
        Site = site;
        Hub = hub;
        Ledger = ledger;
    }

    public string Site { get; }

    public HubConfig Hub { get; }

    public SiteLedger Ledger { get; }

    public static Option<string> ConfigOption() => new("--config", "-c") { Description = "The hub's configuration file.", Required = true };

    public static Option<string> ByOption() => new("--by")
    {
        Description = "Who decided it; the name of the account otherwise.", DefaultValueFactory = _ => Environment.UserName,
    };

    public static Option<string> WhyOption() => new("--why") { Description = "The reason, in words; it is kept for ever.", Required = true };

    /// <summary>Opens the ledger and runs a verb on it; what is wrong with ledger, files and changes ends it with a message.</summary>
    public static int Use(CommandContext context, string file, Func<LedgerFolder, int> use)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.dataDirectory", "$.hub.rulePack").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section; the ledger is kept where the hub runs.");
        try
        {
            return use(new LedgerFolder(context, config.Site, hub, SiteLedger.Open(hub.DataDirectory, config.Site, context.Time)));
        }
        catch (LedgerRefusedException refused)
        {
            throw CommandFailure.BadUsage(refused.Message);
        }
        catch (Exception problem) when (problem is LedgerDamagedException or LedgerMovedException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed(problem.Message, problem);
        }
    }

    /// <summary>Records a change and says so.</summary>
    public int Record(LedgerChange change, string who, string why) => Record([change], who, why);

    public int Record(IReadOnlyList<LedgerChange> changes, string who, string why)
    {
        LedgerEvent happened = Ledger.Append(changes, who, why, "command line", LoadRules());
        Say(happened);
        return ExitCodes.Done;
    }

    public void Say(LedgerEvent happened) =>
        _context.Out.WriteLine($"Recorded as event {happened.Sequence} by {happened.Who}; the ledger's hash is now {happened.Hash}.");

    public RulePack LoadRules()
    {
        try
        {
            return RulePackCatalog.Load(Hub.RulePack, bandsToo: true).Rules;
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    public static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadUsage($"{path} cannot be read: {problem.Message}");
        }
    }

    /// <summary>Reads <c>now</c>, a date (its first moment in Asia/Shanghai), a local time of Asia/Shanghai, or an instant with offset.</summary>
    public long Instant(string text, string option)
    {
        bool hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text.Contains(':'));
        if (text == "now")
        {
            return UnixTicks.Now(_context.Time);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return UnixTicks.From(ShanghaiTime.StartOf(day));
        }

        if (hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact))
        {
            return UnixTicks.From(exact);
        }

        return DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? UnixTicks.From(new DateTimeOffset(local, ShanghaiTime.Offset))
            : throw CommandFailure.BadUsage($"{option} '{text}' is not an instant; expected now, 2025-11-20, \"2025-11-20 08:00\" (Asia/Shanghai) or 2025-11-20T08:00:00+08:00.");
    }

    public static string Time(long ticks) =>
        UnixTicks.ToDateTimeOffset(ticks).ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
