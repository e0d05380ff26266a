using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The demo, as a visitor starts it.</summary>
public sealed class DemoTests
{
    private static readonly string[] Members =
    [
        "devices", "online", "due", "good", "bad", "missed", "beyond", "filtered", "droppedAtEdge", "buffered", "acknowledged", "pending",
        "discarded", "stored", "duplicates", "networkingRate", "digitalizationRate", "startToFirstStoredMs", "rssBytes", "balanced",
    ];

    [Fact]
    public async Task Ends_by_itself_balances_and_goes_on_where_it_ended()
    {
        using var directory = new TempDirectory();
        JsonElement first = await RunAsync(directory.File("data"));
        JsonElement second = await RunAsync(directory.File("data"));

        Assert.True(second.GetProperty("stored").GetInt64() > first.GetProperty("stored").GetInt64(), $"first {first}\nsecond {second}");
        JsonElement rate = first.GetProperty("networkingRate");
        Assert.InRange(rate.GetProperty("n").GetInt64(), 1, rate.GetProperty("d").GetInt64() - 1);
    }

    [Fact]
    public async Task Says_simulated_and_ends_well_at_ctrl_c()
    {
        using var directory = new TempDirectory();
        // A run that a shell keeps in the background ignores Ctrl-C, and so would the programs that it starts.
        await using PartnerProcess demo = PartnerProcess.Start(
            "env", ["--default-signal=INT", BuiltProgram.Path, "demo", "--data", directory.File("data")], environment: Plant.Environment);
        await demo.WaitForLineAsync("SIMULATED");
        await Eventually.TrueAsync(() => demo.Output.Contains("http://127.0.0.1", StringComparison.Ordinal), "the address of the API is shown\n" + demo.Output);
        demo.Interrupt();
        // It gives itself less than five seconds, and fails when that is not enough.
        await demo.WaitForExitAsync();
        Assert.True(demo.ExitCode == 0, demo.Output);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_balances()
    {
        using var directory = new TempDirectory();
        await using (PartnerProcess demo = BuiltProgram.Start("demo", "--data", directory.File("data")))
        {
            await demo.WaitForLineAsync("http://127.0.0.1");
            string store = directory.File("data", "hub");
            await Eventually.TrueAsync(() => Directory.Exists(store), "the demo has data\n" + demo.Output);
        }

        await RunAsync(directory.File("data"));
    }

    private static async Task<JsonElement> RunAsync(string data)
    {
        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromSeconds(90), "demo", "--for", "10s", "--json", "--data", data);
        Assert.True(code == 0, output);
        JsonElement figures = JsonDocument.Parse(output[output.IndexOf('{')..]).RootElement;
        Assert.Equal(Members.Order(), figures.EnumerateObject().Select(m => m.Name).Order());
        Assert.True(figures.GetProperty("balanced").GetBoolean(), figures.ToString());
        Assert.Equal(figures.GetProperty("devices").GetInt32(), figures.GetProperty("online").GetInt32());
        Assert.True(figures.GetProperty("good").GetInt64() > 0);
        return figures;
    }
}
