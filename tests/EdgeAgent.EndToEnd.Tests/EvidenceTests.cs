using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>A plant collects, a pack is made of it, and another process that has nothing but the pack and the public keys checks it.</summary>
public sealed class EvidenceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_pack_of_a_running_plant_holds_elsewhere_and_not_after_a_flipped_byte()
    {
        using TempDirectory directory = new(), elsewhere = new();
        string data = directory.File("data");
        await RunAsync(0, "demo", "--for", "6s", "--json", "--data", data);
        string config = Path.Combine(data, "demo", "all-in-one.json");
        string pack = elsewhere.File("pack.zip");
        await RunAsync(0, "evidence", "export", config, "--out", pack);
        File.Copy(Path.Combine(data, "hub", "hub.pub"), elsewhere.File("hub.pub"));
        File.Copy(Path.Combine(data, "agent", "agent.pub"), elsewhere.File("agent.pub"));
        string report = await RunAsync(0, "report", config, "--form", "lists", "--out", elsewhere.File("report"));
        Assert.True(File.Exists(Path.Combine(elsewhere.File("report"), "设备清单与覆盖率.xlsx")), report);
        directory.Dispose();

        string held = await RunAsync(0, "evidence", "verify", pack, "--key", elsewhere.File("hub.pub"), "--key", elsewhere.File("agent.pub"));
        Assert.Contains("holds.", held, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", held, StringComparison.Ordinal);
        Assert.Contains("note: No live challenge by an assessor.", held, StringComparison.Ordinal);

        byte[] bytes = await File.ReadAllBytesAsync(pack);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes);
        Assert.Contains("DOES NOT HOLD", await RunAsync(3, "evidence", "verify", pack, "--key", elsewhere.File("hub.pub")), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        (int code, string output) = await BuiltProgram.RunAsync(Limit, arguments);
        Assert.True(code == expected, $"{string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }
}
