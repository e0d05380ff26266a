using System.Text.Json;
using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_configuration_in_order_says_what_it_comes_to()
    {
        CommandLineRun run = await CheckAsync("""{ "site": "plant", "broker": { "listen": "127.0.0.1:0" }, "hub": { "store": {} }, "web": { "listen": "127.0.0.1:0" } }""");

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("site plant; hub with store sqlite; broker on 127.0.0.1:0; API on 127.0.0.1:0", run.Out);
    }

    [Fact]
    public async Task Every_error_is_reported_at_once_with_its_path()
    {
        CommandLineRun run = await CheckAsync("""{ "site": "plant", "hub": {}, "web": { "listen": "8080" } }""");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("$.web.listen", run.Error);
        Assert.Contains("$.hub", run.Error);
        Assert.Contains("2 errors.", run.Error);
    }

    [Fact]
    public async Task A_missing_file_is_an_error_of_the_configuration()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("check", Path.Combine(_directory, "none.json"));

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("none.json", run.Error);
    }

    [Fact]
    public async Task A_missing_ledger_is_told_once()
    {
        CommandLineRun run = await CheckAsync("""{ "site": "plant", "broker": { "listen": "127.0.0.1:0" }, "hub": { "ledger": "none.csv" } }""");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("$.hub.ledger", run.Error);
        Assert.Contains("1 error.", run.Error);
    }

    [Fact]
    public async Task Errors_come_as_json_on_demand()
    {
        CommandLineRun run = await CheckAsync("""{ "site": "plant", "web": { "listen": "x" } }""", "--json");

        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Contains(json.RootElement.EnumerateArray(), error => error.GetProperty("path").GetString() == "$.web.listen");
    }

    private async Task<CommandLineRun> CheckAsync(string configuration, params string[] options)
    {
        string file = Path.Combine(_directory, "agent.json");
        await File.WriteAllTextAsync(file, configuration);
        return await CommandLineRun.OfAsync(["check", file, .. options]);
    }
}
