using System.Text;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web.Engineering;

namespace EdgeAgent.Tests.Configuring;

public sealed class RunningConfigurationTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_runs_already_is_in_force_though_the_history_cannot_be_written()
    {
        string path = _directory.File("config.json");
        File.WriteAllText(path, EngineeringServer.Start);
        File.WriteAllText(_directory.File("press.csv"), "名称,地址\r\n温度,hr:0\r\n");
        RunningConfiguration configuration = new(path, _ => Task.FromResult(FullDisk()), () => new Dictionary<string, bool>(), new FakeTimeProvider());
        ConfigBundle before = configuration.Read();
        ConfigBundle after = new(Encoding.UTF8.GetBytes(EngineeringServer.Start.Replace("15502", "15503", StringComparison.Ordinal)), before.Tables);

        ApplyResult result = await configuration.ApplyAsync(after, before.Hash, "li", "", CancellationToken.None);
        Assert.Equal((ApplyStatus.Applied, after.Hash, null), (result.Status, configuration.Read().Hash, result.Entry));
        Assert.Contains("history", result.Problem, StringComparison.Ordinal);
    }

    /// <summary>Takes the configuration over, and from then on the history cannot be written.</summary>
    private ReloadReport FullDisk()
    {
        Directory.Delete(_directory.File("history"), recursive: true);
        File.WriteAllText(_directory.File("history"), "no folder");
        return ReloadReport.Unchanged;
    }
}
