using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Core.Batches;
using EdgeAgent.Hosting;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent evidence</c>: makes the pack that an assessor takes away, and checks one offline.</summary>
internal static class EvidenceCommand
{
    private const int ScreenshotBytesMax = 64 << 20;

    public static Command Create(CommandContext context)
    {
        Command command = new("evidence", "Make the signed pack that proves an assessment, or check one with nothing but the pack and public keys.");
        command.Add(Export(context));
        command.Add(Verify(context));
        return command;
    }

    private static Command Export(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub." };
        Option<string> asOf = new("--as-of") { Description = "Report instant: now, a date (its first moment in Asia/Shanghai), or a date and time with offset.", DefaultValueFactory = _ => "now" };
        Option<string?> window = new("--window") { Description = "Length to look back, for instance 7d or 30d, instead of the rule pack's." };
        Option<string?> output = new("--out", "-o") { Description = "Where to write the pack; left out, into the hub's data directory." };
        Option<string?> screenshots = new("--screenshots") { Description = "A folder of pictures to put into the pack." };
        Command export = new("export", "Collect ledger, accounts, samples and the signed batches behind them into one signed ZIP file.") { file, asOf, window, output, screenshots };
        export.SetAction((parsed, cancellation) => ExportAsync(
            context, HubFiles.Load(context, parsed.GetRequiredValue(file)), parsed.GetValue(asOf)!, parsed.GetValue(window), parsed.GetValue(output), parsed.GetValue(screenshots), cancellation));
        return export;
    }

    private static Command Verify(CommandContext context)
    {
        Argument<string> pack = new("pack") { Description = "The pack." };
        Option<string[]> keys = new("--key", "-k")
        {
            Description = "A public key that you trust: hub.pub, and agent.pub of each agent if you have them. May be given several times.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object." };
        Command verify = new("verify", "Check signatures, chains and every figure of a pack, offline; ends with 3 when anything does not hold.") { pack, keys, json };
        verify.SetAction(parsed => VerifyPack(context, parsed.GetRequiredValue(pack), parsed.GetRequiredValue(keys), parsed.GetValue(json)));
        return verify;
    }

    private static async Task<int> ExportAsync(
        CommandContext context, HubFiles hub, string asOf, string? window, string? output, string? screenshots, CancellationToken cancellation)
    {
        DateTimeOffset instant = HubFiles.ParseInstant(asOf, context.Time.GetUtcNow());
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            (ShelvedPack pack, PackSummary summary) = await PackMaking.MakeAsync(
                hub, store, context.Time, instant, HubFiles.ParseWindow(window), output, [.. ReadScreenshots(screenshots)], null, cancellation);
            foreach (BilingualText warning in summary.Warnings)
            {
                context.Error.WriteLine($"warning: {warning.En}");
            }

            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pack.Path}: {pack.Bytes / 1e6:#,0.0} MB, {summary.Manifest.Chains.Sum(c => c.Batches):#,0} signed batches, seed {summary.Manifest.Seed}"));
            context.Out.WriteLine($"manifest {summary.ManifestSha256}, after {summary.Manifest.Previous ?? "none"}");
            context.Out.WriteLine($"Check it with: edgeagent evidence verify {pack.Path} --key {hub.PublicKeyPath}");
            return ExitCodes.Done;
        }
        catch (Exception problem) when (problem is PackExportException or StoreUnavailableException or StoreDamagedException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"No pack was made: {problem.Message}", problem);
        }
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> ReadScreenshots(string? folder)
    {
        if (folder is null)
        {
            yield break;
        }

        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(path).Length > ScreenshotBytesMax)
            {
                throw CommandFailure.BadUsage($"{path} is larger than a picture is ({ScreenshotBytesMax >> 20} MiB at most).");
            }

            yield return new($"screenshots/{Path.GetFileName(path)}", File.ReadAllBytes(path));
        }
    }

    private static int VerifyPack(CommandContext context, string path, string[] keyFiles, bool json)
    {
        VerificationKeys keys = HubFiles.ReadKeys(keyFiles);
        PackVerification verification;
        try
        {
            verification = PackVerifier.Verify(path, keys);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"{path} cannot be read: {problem.Message}", problem);
        }

        if (json)
        {
            context.Out.WriteLine(JsonSerializer.Serialize(
                new VerificationView(verification.Holds, verification.Manifest?.Id, verification.ManifestSha256, verification.Batches, verification.Result.En, verification.Problems, [.. verification.Notes.Select(n => n.En)], verification.Challenges),
                EvidenceJson.Default.VerificationView));
        }
        else
        {
            Print(context.Out, path, verification);
        }

        return verification.Holds ? ExitCodes.Done : ExitCodes.DoesNotHold;
    }

    private static void Print(TextWriter output, string path, PackVerification verification)
    {
        foreach (PackProblem problem in verification.Problems)
        {
            output.WriteLine(problem);
        }

        if (verification.Manifest is { } manifest)
        {
            if (manifest.Notice is { } notice)
            {
                output.WriteLine(notice);
            }

            output.WriteLine($"{manifest.Id}: site {manifest.Site}, as of {manifest.AsOf:yyyy-MM-dd HH:mm zzz}, {verification.Batches} signed batches; computed again: {verification.Result.En}");
            foreach (PackChain chain in manifest.Chains)
            {
                output.WriteLine($"  {chain.Agent} {chain.Incarnation}: {chain.Batches} batches, sequences {chain.First} to {chain.Last}");
            }
        }

        foreach (BilingualText note in verification.Notes)
        {
            output.WriteLine($"note: {note.En}");
        }

        output.WriteLine(verification.Holds ? $"{path} holds." : $"{path} DOES NOT HOLD: {verification.Problems.Count} disagreements.");
    }
}

/// <summary>What <c>evidence verify --json</c> prints.</summary>
internal sealed record VerificationView(
    bool Holds, string? Id, string ManifestSha256, long Batches, string Result, IReadOnlyList<PackProblem> Problems, IReadOnlyList<string> Notes, ChallengeCounts Challenges);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VerificationView))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
