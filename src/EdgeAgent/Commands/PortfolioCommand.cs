using System.CommandLine;
using System.Text;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent portfolio</c>: every enterprise of a hub, by level and industry, who is close to the next option, who stopped sending.</summary>
internal static class PortfolioCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub." };
        Option<string> asOf = new("--as-of")
        {
            Description = "Report instant: now, a date (its first moment in Asia/Shanghai), or a date and time with offset.",
            DefaultValueFactory = _ => "now",
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object." };
        Command command = new("portfolio", "Roll up all enterprises of a hub: levels, rates, who is close to the next option, who stopped sending.") { file, asOf, json };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(asOf)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, string asOfText, bool json, CancellationToken cancellation)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.store", "$.hub.ledger", "$.hub.rulePack", "$.hub.dataDirectory", "$.hub.points").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{file} has no hub section: enterprises are rolled up where their data is stored.");
        DateTimeOffset asOf = AssessedSite.ParseInstant(asOfText, context.Time.GetUtcNow());
        LoadedRulePack pack = new AssessedSite(config.Site, hub, file, context.Time).LoadRulePack(null, new DeviceLedger([], ""));
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            string[] sites = [.. (await store.ListAgentsAsync(cancellation)).Select(a => a.Site).Distinct().Order(StringComparer.Ordinal)];
            using AccountCache cache = new(store, pack.Rules.AllowSimulated);
            PortfolioReport report = await new PortfolioAssessment(store, cache, pack, context.Time)
                .AssessAsync([.. sites.Select(site => Load(site, config.Site, hub, file, asOf, context.Time))], asOf, cancellation);
            context.Out.WriteLine(json ? Encoding.UTF8.GetString(PortfolioJson.Write(report)) : PortfolioTable.Write(report).TrimEnd());
            return ExitCodes.Done;
        }
        catch (StoreUnavailableException problem)
        {
            throw CommandFailure.Failed($"The store cannot be read: {problem.Message}", problem);
        }
        catch (StoreDamagedException problem)
        {
            throw CommandFailure.Failed(problem.Message, problem);
        }
    }

    /// <summary>An enterprise whose ledger is wrong is in the list with its problem; it does not keep the others from being seen.</summary>
    internal static PortfolioEnterprise Load(string site, string ownSite, HubConfig hub, string file, DateTimeOffset asOf, TimeProvider time)
    {
        AssessedSite assessed = new(site, hub, file, time);
        try
        {
            PointTable points = site == ownSite ? assessed.LoadPoints() : PointTable.Empty;
            DeviceLedger? ledger = assessed.Recorded(asOf) ?? (site == ownSite && hub.Ledger is not null ? assessed.LoadLedger(asOf) : null);
            return ledger is null
                ? new PortfolioEnterprise(site, null, PortfolioEnterprise.NoLedger.En, points)
                : new PortfolioEnterprise(site, ledger, null, points, ledger.Overrides.Count > 0 ? assessed.LoadRulePack(null, ledger) : null);
        }
        catch (CommandFailure problem)
        {
            return new PortfolioEnterprise(site, null, problem.Message.Split('\n')[0], PointTable.Empty);
        }
    }
}
