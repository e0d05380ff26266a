using System.CommandLine;
using System.Globalization;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent challenge</c>: a self-test on the hub's machine: asks for a device to be stopped or started, and records when it showed.</summary>
/// <remarks>Whoever can run it owns the machine, and may give any name: it is never an assessor's challenge. He asks on the pages or over the API.</remarks>
internal static class ChallengeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub." };
        Argument<string> tag = new("tag") { Description = "Where it must show: agent/device/tag." };
        Option<string> action = new("--action") { Description = "What is asked for, for instance stop or start.", Required = true };
        Option<string?> expect = new("--expect") { Description = "The value that the tag must take; left out: any other than now." };
        Option<string> who = new("--who") { Description = "Who asks; stands in the log.", Required = true };
        Option<string?> asset = new("--asset") { Description = "The asset number." };
        Option<string?> note = new("--note") { Description = "What was agreed with the people at the machine." };
        Option<int> limit = new("--limit-s") { Description = "How long to wait, in seconds.", DefaultValueFactory = _ => 600 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 86_400)
            {
                result.AddError("--limit-s must be 1 to 86400.");
            }
        });
        Command command = new("challenge", "Record a self-test as an assessor's live challenge goes: request time, expected tag, observed change and latency; ends with 3 when nothing came. An assessor asks on the pages or over the API, by his own account.") { file, tag, action, expect, who, asset, note, limit };
        command.SetAction((parsed, cancellation) =>
        {
            HubFiles hub = HubFiles.Load(context, parsed.GetRequiredValue(file));
            SeriesKey series = parsed.GetRequiredValue(tag).Split('/', 3) is [var agent, var device, var name]
                ? new SeriesKey(hub.Site, agent, device, name)
                : throw CommandFailure.BadUsage($"'{parsed.GetRequiredValue(tag)}' is no tag; expected agent/device/tag, for instance gw-01/press-01/running.");
            ChallengeRequest request = new(
                series, parsed.GetValue(asset) ?? "", parsed.GetRequiredValue(action), parsed.GetValue(expect), TimeSpan.FromSeconds(parsed.GetValue(limit)), parsed.GetValue(note) ?? "");
            return RunAsync(context, hub, request, parsed.GetRequiredValue(who), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, HubFiles hub, ChallengeRequest request, string who, CancellationToken cancellation)
    {
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            LiveChallenge challenge = new(store, new AuditLog(hub.ChallengeLogPath, context.Time), context.Time);
            ChallengeAsker asker = ChallengeAsker.AtTheMachine(who);
            AuditEntry requested = await challenge.RequestAsync(request, asker, cancellation);
            context.Out.WriteLine($"Self-test {requested.Sequence}: {request.Action} {request.Series.Device}, {request.Series.Tag} is {requested.Facts["before"]} now; waiting up to {request.Limit.TotalSeconds:0} s.");
            ChallengeOutcome outcome = await challenge.WatchAsync(request, requested, asker, cancellation);
            context.Out.WriteLine(outcome.Observed
                ? string.Create(CultureInfo.InvariantCulture, $"Observed: {outcome.Before} became {outcome.After} at {UnixTicks.ToDateTimeOffset(outcome.ObservedTicks!.Value):yyyy-MM-dd HH:mm:ss.fff}Z, {outcome.LatencyMs:0} ms after the request ({outcome.Provenance?.ToString().ToLowerInvariant()}).")
                : "Nothing came; that is in the log too.");
            return outcome.Observed ? ExitCodes.Done : ExitCodes.DoesNotHold;
        }
        catch (ArgumentException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or StoreDamagedException or IOException)
        {
            throw CommandFailure.Failed($"The challenge cannot be recorded: {problem.Message}", problem);
        }
    }
}
