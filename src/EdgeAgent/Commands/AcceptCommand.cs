using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Collector.Acceptance;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent accept</c>: the acceptance test of one device, with a signed record for the ledger's attachments.</summary>
internal static class AcceptCommand
{
    private const string SignatureExtension = ".sig";
    private const int RecordBytesMax = 64 << 20;

    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The agent's configuration file." };
        Argument<string> device = new("device") { Description = "The device." };
        Option<int> count = new("--count", "-n") { Description = "How often each tag is read.", DefaultValueFactory = _ => 10 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--count must be 1 to 100000.");
            }
        });
        Option<bool> moving = new("--moving") { Description = "The machine is running: a measured value that never changes is refused." };
        Option<string?> output = new("--out", "-o") { Description = "Where to write the record; left out, into the folder acceptance of the agent's data directory. The signature is put beside it." };
        Command command = new("accept", "Test one device: identity, every tag read several times, period, plausibility; write a signed record. Exit code 3 when it is refused.")
        {
            file, device, count, moving, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            context, parsed.GetRequiredValue(file), parsed.GetRequiredValue(device),
            new AcceptanceOptions { Count = parsed.GetValue(count), IsMoving = parsed.GetValue(moving) }, parsed.GetValue(output), cancellation));
        command.Add(Verify(context));
        return command;
    }

    private static Command Verify(CommandContext context)
    {
        Argument<string> record = new("record") { Description = "The record; its signature lies beside it." };
        Option<string[]> keys = new("--key", "-k") { Description = "The agent's public key: agent.pub. May be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
        Command verify = new("verify", "Check that a trusted agent signed a record and that nothing in it was changed; ends with 3 when that does not hold.") { record, keys };
        verify.SetAction(parsed => VerifyRecord(context, parsed.GetRequiredValue(record), parsed.GetRequiredValue(keys)));
        return verify;
    }

    private static async Task<int> RunAsync(
        CommandContext context, string file, string device, AcceptanceOptions options, string? output, CancellationToken cancellation)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.agent.endpoints", "$.agent.scanClasses").Config!;
        AgentConfig agent = config.Agent ?? throw CommandFailure.BadUsage($"{file} has no agent section, so there is nothing to accept.");
        AcceptanceRecord record;
        try
        {
            var services = new AgentServices { Loggers = NullLoggerFactory.Instance, Time = context.Time, Version = ProgramVersion.Text };
            record = await AcceptanceTest.RunAsync(config.Site, agent, services, device, options, cancellation);
        }
        catch (AgentStartException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }

        string path = Write(record, agent, output);
        context.Out.WriteLine(AcceptanceText.Of(record));
        context.Error.WriteLine($"Record: {path}, signature: {path}{SignatureExtension}");
        return record.Verdict == AcceptanceVerdict.Refused ? ExitCodes.DoesNotHold : ExitCodes.Done;
    }

    private static string Write(AcceptanceRecord record, AgentConfig agent, string? output)
    {
        string name = string.Concat(record.Device.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
        string path = output ?? Path.Combine(agent.DataDirectory, "acceptance", string.Create(CultureInfo.InvariantCulture, $"{name}-{record.Ended:yyyyMMdd'T'HHmmss'Z'}.json"));
        try
        {
            using EcdsaBatchSigner signer = AgentKeyFile.LoadOrCreate(agent.DataDirectory);
            (byte[] content, byte[] signature) = SignedAcceptance.Sign(record, signer);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(path, content);
            File.WriteAllBytes(path + SignatureExtension, signature);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AgentKeyException)
        {
            throw CommandFailure.Failed($"The record cannot be written to {path}: {e.Message}", e);
        }
    }

    private static int VerifyRecord(CommandContext context, string path, string[] keyFiles)
    {
        var keys = new VerificationKeys();
        byte[] content;
        byte[] signature;
        try
        {
            foreach (string key in keyFiles)
            {
                keys.AddPem(File.ReadAllText(key));
            }

            content = Read(path);
            signature = Read(path + SignatureExtension);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CommandFailure.Failed($"{path} cannot be verified: {e.Message}", e);
        }

        if (SignedAcceptance.Verify(content, signature, keys.All, out string problem) is not { } record)
        {
            context.Error.WriteLine($"{path} does not hold: {problem}.");
            return ExitCodes.DoesNotHold;
        }

        context.Out.WriteLine(AcceptanceText.Of(record));
        context.Out.WriteLine($"The signature holds; made by agent {record.Agent} of site {record.Site}.");
        return ExitCodes.Done;
    }

    private static byte[] Read(string path) => new FileInfo(path).Length <= RecordBytesMax
        ? File.ReadAllBytes(path)
        : throw new IOException($"{path} has more than {RecordBytesMax:N0} bytes");
}
