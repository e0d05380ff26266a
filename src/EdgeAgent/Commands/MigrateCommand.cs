using System.CommandLine;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Migration;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent migrate</c>: another program's project as a configuration, and a list of what could not be carried over.</summary>
internal static class MigrateCommand
{
    private const long FileBytesMax = 256 * 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The other program's project." };
        Option<string?> from = new("--from") { Description = $"What the file is: {string.Join(", ", ForeignFormat.All)}. Left out: what its content says." };
        from.AcceptOnlyFromAmong([.. ForeignFormat.All]);
        Option<string> directory = new("--out") { Description = "Directory for the configuration; nothing in it is overwritten.", Required = true };
        Option<string> site = new("--site") { Description = "Name of the site.", DefaultValueFactory = _ => "my-plant" };
        Option<string> agent = new("--agent") { Description = "Name of the agent.", DefaultValueFactory = _ => "gw-01" };
        Command command = new("migrate", "Read the project of Neuron, Telegraf, KEPServerEX or OPC Publisher and write a configuration; what is not carried over is listed.")
        {
            file, from, directory, site, agent,
        };
        command.SetAction(parsed => Migrate(
            context, parsed.GetRequiredValue(file), parsed.GetValue(from), parsed.GetRequiredValue(directory), parsed.GetRequiredValue(site), parsed.GetRequiredValue(agent)));
        return command;
    }

    private static int Migrate(CommandContext context, string file, string? from, string directory, string site, string agent)
    {
        string text = ReadText(file);
        string format = from ?? ForeignFormat.Recognize(text)
            ?? throw CommandFailure.BadUsage($"{file}: this is no project that can be read. Known are {string.Join(", ", ForeignFormat.All)}; --from says which one it is meant to be.");
        MigratedPlant plant = new();
        string config;
        try
        {
            ForeignFormat.Read(format, text, file, plant);
            if (plant.Endpoints.Count == 0)
            {
                Tell(context, plant);
                throw CommandFailure.Failed($"{file}: no device of this {format} project can be carried over; nothing was written.");
            }

            config = MigratedFiles.Write(plant, directory, site, agent);
        }
        catch (MigrationException e)
        {
            throw CommandFailure.BadUsage($"{file} ({format}): {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"{directory}: {e.Message}. Name an empty directory with --out.", e);
        }

        Tell(context, plant);
        context.Out.WriteLine(
            $"{config}: {plant.Endpoints.Count} connections, {plant.Endpoints.Sum(endpoint => endpoint.Devices.Count)} devices, {plant.Tags} tags; {plant.LeftOvers.Count} things are left over, see {MigratedFiles.LeftOverName}.");
        return Check(context, config);
    }

    /// <summary>Secrets are not asked for: they are set on the gateway.</summary>
    private static int Check(CommandContext context, string config)
    {
        LoadedConfig loaded = ConfigLoading.Load(config, "$.none");
        if (loaded.Errors.Any)
        {
            ConfigReport.Write(context.Error, config, loaded.Errors);
            return ExitCodes.DoesNotHold;
        }

        context.Out.WriteLine("It is in order. Read every tag once with: edgeagent read " + config);
        return ExitCodes.Done;
    }

    private static void Tell(CommandContext context, MigratedPlant plant)
    {
        foreach (LeftOver left in plant.LeftOvers)
        {
            context.Error.WriteLine($"left over: {left}");
        }
    }

    private static string ReadText(string file)
    {
        try
        {
            if (new FileInfo(file).Length > FileBytesMax)
            {
                throw CommandFailure.BadUsage($"{file}: larger than {FileBytesMax / 1024 / 1024} MiB.");
            }

            return TableText.TryDecode(File.ReadAllBytes(file), out string text)
                ? text
                : throw CommandFailure.BadUsage($"{file}: neither UTF-8, UTF-16 nor GB 18030 text. Export it as JSON, TOML or CSV.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"{file}: {e.Message}", e);
        }
    }
}
