using System.CommandLine;
using System.Globalization;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent check</c>: every error of a configuration at once; no device, broker or store is touched.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file." };
        Option<bool> json = new("--json") { Description = "Print the errors as a JSON array." };
        Command command = new("check", "Check a configuration with its tables: every error at once, no device is touched.") { file, json };
        command.SetAction(parsed => Check(context, parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Check(CommandContext context, string file, bool json)
    {
        LoadedConfig loaded = ConfigLoading.Load(file);
        if (loaded.Config?.Hub is { } hub)
        {
            AssessmentCheck.AddTo(loaded.Errors, hub);
        }

        if (json)
        {
            context.Out.WriteLine(ConfigReport.AsJson(loaded.Errors));
        }
        else if (!loaded.Errors.Any && loaded.Config is { } config)
        {
            context.Out.WriteLine($"{file} is in order: {ConfigReport.Summary(config)}.");
            WriteTemplates(context.Out, loaded.Templates);
            WriteLines(context.Out, config);
        }
        else
        {
            ConfigReport.Write(context.Error, file, loaded.Errors);
        }

        if (!json)
        {
            foreach (ConfigError warning in loaded.Errors.Warnings)
            {
                context.Error.WriteLine("warning: " + warning);
            }
        }

        return loaded.Errors.Any ? ExitCodes.BadUsage : ExitCodes.Done;
    }

    /// <summary>What the file does not say itself, device by device.</summary>
    private static void WriteTemplates(TextWriter output, IReadOnlyList<TemplateUse> uses)
    {
        foreach (TemplateUse use in uses)
        {
            output.WriteLine($"device {use.Device}: {Count(use.Tags, "tag")} of {use.File}"
                + Listed("its settings", use.Settings) + Listed("overridden", use.Overridden) + Listed("left out", use.Removed) + Listed("own", use.Added) + ".");
        }

        static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

        static string Listed(string what, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"; {what}: {string.Join(", ", names)}";
    }

    /// <summary>How full each serial line will be, before anyone waits for readings that cannot come.</summary>
    private static void WriteLines(TextWriter output, AppConfig config)
    {
        if (config.Agent is not { } agent)
        {
            return;
        }

        foreach (LineLoad load in PlantCompiler.LineLoads(agent, DriverRegistry.CreateDefault()))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"endpoint {load.Endpoint}: its scan classes take {load.Utilisation:P0} of the time of {load.Line}."));
        }
    }
}
