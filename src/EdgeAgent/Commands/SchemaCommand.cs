using System.CommandLine;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent schema</c>: the JSON Schema of the configuration, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> reference = new("--reference") { Description = "Print a reference for people (Markdown) instead." };
        Command command = new("schema", "Print the JSON Schema of the configuration file, so that an editor can help with it.") { reference };
        command.SetAction(parsed => context.Out.Write(parsed.GetValue(reference) ? ConfigReference.Generate(Text()) : Text()));
        return command;
    }

    /// <summary>The schema with the settings of every driver of this program.</summary>
    public static string Text() => ConfigSchema.Generate(
    [
        .. DriverRegistry.CreateDefault().Factories.Select(driver => new DriverSettingsSchema(driver.Name, driver.EndpointSettings, driver.DeviceSettings)),
    ]);
}
