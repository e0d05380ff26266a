using System.Text.Json;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Bench.Buffer;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Commands;

public sealed class BufferCommandTests
{
    [Fact]
    public async Task Stat_and_dump_work_beside_a_running_agent_and_after_it()
    {
        using var data = new TempDirectory();
        using var chain = new OutageChain(tags: 50, periodMs: 1000, batchMs: 1000, TimeProvider.System);
        var options = new BufferOptions { Directory = data.File(BatchBuffer.DirectoryName), Cursors = ["hub"] };
        await using (BatchBuffer buffer = BatchBuffer.Open(options, TimeProvider.System, NullLogger.Instance))
        {
            chain.Append(buffer, 100, CancellationToken.None);
            buffer.Acknowledge("hub", buffer.Incarnation, 10);
            await buffer.FlushAsync();
            await VerifyAsync(data.Path, pending: 90);
            chain.Append(buffer, 1, CancellationToken.None);
        }

        await VerifyAsync(data.Path, pending: 91);
    }

    [Fact]
    public async Task Dump_names_readings_while_the_definition_is_there()
    {
        using var data = new TempDirectory();
        using var chain = new OutageChain(tags: 50, periodMs: 1000, batchMs: 1000, TimeProvider.System);
        await using BatchBuffer buffer = BatchBuffer.Open(
            new BufferOptions { Directory = data.File("buffer") }, TimeProvider.System, NullLogger.Instance);
        chain.Append(buffer, 3, CancellationToken.None);

        CommandLineRun run = await CommandLineRun.OfAsync("buffer", "dump", data.Path, "--readings", "--to", "2");

        string[] lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(100, lines.Length);
        using JsonDocument line = JsonDocument.Parse(lines[0]);
        Assert.Equal("machine-0001", line.RootElement.GetProperty("device").GetString());
        Assert.Equal("Good", line.RootElement.GetProperty("quality").GetString());
    }

    [Fact]
    public async Task A_directory_without_a_buffer_is_bad_usage()
    {
        using var data = new TempDirectory();

        CommandLineRun run = await CommandLineRun.OfAsync("buffer", "stat", data.Path);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("There is no buffer", run.Error);
    }

    [Fact]
    public async Task A_database_of_someone_else_is_not_touched()
    {
        using var data = new TempDirectory();
        await File.WriteAllTextAsync(data.File("buffer.db"), "not a database at all, but long enough to look at");

        CommandLineRun run = await CommandLineRun.OfAsync("buffer", "stat", data.Path);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith("not a database", await File.ReadAllTextAsync(data.File("buffer.db")));
    }

    private static async Task VerifyAsync(string directory, int pending)
    {
        CommandLineRun stat = await CommandLineRun.OfAsync("buffer", "stat", directory, "--json");
        Assert.Equal("", stat.Error);
        using JsonDocument json = JsonDocument.Parse(stat.Out);
        Assert.Equal(pending, json.RootElement.GetProperty("pendingBatches").GetInt64());
        Assert.Equal(10, json.RootElement.GetProperty("cursors")[0].GetProperty("contiguous").GetInt64());
        CommandLineRun text = await CommandLineRun.OfAsync("buffer", "stat", directory);
        Assert.Contains("balances", text.Out);
        Assert.DoesNotContain("NOT BALANCE", text.Out);
        CommandLineRun dump = await CommandLineRun.OfAsync("buffer", "dump", directory);
        Assert.Equal(pending, dump.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("\"whole\":false", dump.Out);
    }
}
