using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Migration;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Commands;

namespace EdgeAgent.Tests.Migration;

/// <summary>The verb run on a file, and what it wrote, loaded as the program loads it.</summary>
internal sealed record MigrationRun(CommandLineRun Run, LoadedConfig? Loaded, string[] LeftOver)
{
    public IReadOnlyList<EndpointConfig> Endpoints => Loaded!.Config!.Agent!.Endpoints;

    public static async Task<MigrationRun> OfAsync(string name, string text, params string[] more)
    {
        using TempDirectory directory = new();
        string file = directory.File(name);
        await File.WriteAllTextAsync(file, text);
        string output = directory.File("out");
        CommandLineRun run = await CommandLineRun.OfAsync(["migrate", file, "--out", output, .. more]);
        string config = Path.Combine(output, MigratedFiles.ConfigName);
        return File.Exists(config)
            ? new MigrationRun(run, ConfigLoading.Load(config, "$.none"), await File.ReadAllLinesAsync(Path.Combine(output, MigratedFiles.LeftOverName)))
            : new MigrationRun(run, null, []);
    }

    /// <summary>The verb succeeded, and the configuration has no error.</summary>
    public MigrationRun InOrder()
    {
        Assert.True(Run.ExitCode == ExitCodes.Done, Run.Out + Run.Error);
        Assert.False(Loaded!.Errors.Any);
        return this;
    }

    public DeviceConfig Device(string name) => Endpoints.SelectMany(endpoint => endpoint.Devices).Single(device => device.Name == name);

    public TagConfig Tag(string device, string name) => Device(device).Tags.Single(tag => tag.Name == name);
}
