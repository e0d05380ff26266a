using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.FileTail;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.FileTail;

public sealed class FileTailDriverTests : IDisposable
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;

    private readonly TempDirectory _directory = new();

    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "FileTail", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Half_lines_wait_and_chinese_columns_are_read_to_the_buffer()
    {
        Directory.CreateDirectory(_directory.File("in"));
        string file = _directory.File("in/press.csv");
        await File.WriteAllBytesAsync(file, Gbk.GetBytes("\u65F6\u95F4;\u673A\u53F0;\u538B\u529B\n"));
        await using DriverAgent agent = await new DriverAgent(
            "file-tail",
            $$"""{"directory":"{{_directory.File("in")}}","separator":";","encoding":"gbk","time":["\u65F6\u95F4"],"lookMs":20}""",
            DriverAgent.Device("one", """{"column":"\u673A\u53F0","value":"1#"}""", DriverAgent.Tag("force", "\u538B\u529B")),
            DriverAgent.Device("two", """{"column":"\u673A\u53F0","value":"2#"}""", DriverAgent.Tag("force2", "#3", TagType.Int32))).StartAsync();
        string now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        await File.AppendAllTextAsync(file, $"{now};1#;12.");
        await agent.UntilAsync(_ => agent.Device("one").Counts.Missed > 5, "half a line is nothing");
        Assert.Equal(0, agent.Device("one").Counts.Good);
        await File.AppendAllTextAsync(file, $"5\r\n{now};2#;7.5\n{now};2#;8\n");
        await agent.UntilAsync(_ => agent.Device("one").Counts.Good > 0 && agent.Device("two").Counts.Good > 0, "both machines are read");
        Directory.Move(_directory.File("in"), _directory.File("gone"));
        await agent.UntilAsync(_ => agent.Device("one").Problem is not null, "the folder is gone");
        long missed = agent.Device("one").Counts.Missed;
        await agent.UntilAsync(_ => agent.Device("one").Counts.Missed > missed + 2, "what was due meanwhile is missed");

        string[] stored = [.. (await agent.StopAsync()).Select(item => $"{item.Tag}={item.Value}")];
        Assert.Contains("force=12.5", stored);
        Assert.Contains("force2=BadTypeMismatch", stored);
        Assert.Contains("force2=8", stored);
        Assert.Contains(stored, item => item is "force=BadTimeout" or "force=BadNotConnected");
    }

    [Fact]
    public async Task Rotation_truncation_and_restarts_neither_lose_a_line_nor_read_one_twice()
    {
        Directory.CreateDirectory(_directory.File("in"));
        string log = _directory.File("in/press.log");
        await File.WriteAllTextAsync(log, "v=1\nv=2\n");
        Assert.Empty(await RunAsync());

        await File.AppendAllTextAsync(log, "v=3\nv=4\nv=");
        Assert.Equal(["3", "4"], await RunAsync());

        await File.AppendAllTextAsync(log, "5\n");
        File.Move(log, log + ".1");
        await File.WriteAllTextAsync(log, "v=6\nno value\nv=7\n");
        Assert.Equal(["5", "6", "7"], (await RunAsync()).Order());

        await File.WriteAllTextAsync(log, "v=8\n");
        Assert.Equal(["8"], await RunAsync());
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public void However_often_it_crashes_no_line_is_lost_and_each_has_one_time() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll<int>(seed => SurvivesCrashesAsync(new Random(seed)).GetAwaiter().GetResult()));

    /// <summary>Lines without a time of their own, so that only what was kept can give a repeated one the time that it had.</summary>
    private async Task SurvivesCrashesAsync(Random random)
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.File("in"));
        string log = directory.File("in/press.log");
        File.WriteAllText(log, "v=0\n");
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 11, 13, 8, 30, 0, TimeSpan.Zero));
        var stored = new SortedDictionary<long, double>();
        FileTailEndpoint endpoint = Open("""{"directory":"DIR","files":"press.log*","pattern":"^v=(?<v>[0-9]+)$","lookMs":20}""", "v", directory, time);
        await endpoint.ConnectAsync(CancellationToken.None);
        int written = 0;
        for (int step = 0; step < 60; step++)
        {
            switch (random.Next(6))
            {
                case 0:
                    // The process ends: nothing is disposed, what was received may or may not have been stored.
                    endpoint = Open("""{"directory":"DIR","files":"press.log*","pattern":"^v=(?<v>[0-9]+)$","lookMs":20}""", "v", directory, time);
                    await endpoint.ConnectAsync(CancellationToken.None);
                    break;
                case 1:
                    time.Advance(TimeSpan.FromSeconds(random.Next(1, 15)));
                    break;
                case 2 when written > 0:
                    File.Move(log, $"{log}.{step}");
                    File.WriteAllText(log, "");
                    break;
                case < 5:
                    File.AppendAllText(log, string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"v={++written}\n")));
                    break;
            }

            await ReceiveAsync(endpoint, stored);
        }

        await ReceiveAsync(endpoint, stored);
        Assert.Equal(Enumerable.Range(1, written).Select(value => (double)value), stored.Values);
    }

    /// <summary>Stores as the store does: by time.</summary>
    private static async Task ReceiveAsync(FileTailEndpoint endpoint, SortedDictionary<long, double> stored)
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var batch = new ReadingBatch();
        try
        {
            while (true)
            {
                batch.Clear();
                await endpoint.ReceiveAsync(batch, ended.Token);
                foreach (Reading reading in batch.Readings)
                {
                    Assert.True(stored.TryAdd(reading.SourceTicks, reading.ToDouble()) || stored[reading.SourceTicks] == reading.ToDouble(), "two lines have one time");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Everything that is there was received.
        }
    }

    [Fact]
    public async Task Lines_of_a_time_that_is_over_are_back_filled()
    {
        Directory.CreateDirectory(_directory.File("in"));
        FileTailEndpoint endpoint = Open("""{"directory":"DIR","files":"*.csv","time":["t"],"fromBeginning":true}""", "v");
        await File.WriteAllTextAsync(_directory.File("in/a.csv"), "t,v\n2024-01-01 00:00:00,1\n2024-01-01 00:00:01,2\nnonsense,3\n");
        await endpoint.ConnectAsync(CancellationToken.None);
        var batch = new ReadingBatch();
        PushOutcome first = await endpoint.ReceiveAsync(batch, CancellationToken.None);
        Assert.Equal((PushKind.BackFilled, 2), (first.Kind, batch.Count));
        batch.Clear();
        PushOutcome second = await endpoint.ReceiveAsync(batch, CancellationToken.None);
        Assert.Equal((PushKind.Live, 1), (second.Kind, batch.Count));
    }

    [Fact]
    public async Task Late_lines_are_back_filled_also_when_it_cannot_be_kept_that_they_were_read()
    {
        Directory.CreateDirectory(_directory.File("in"));
        FileTailEndpoint endpoint = Open("""{"directory":"DIR","files":"*.csv","time":["t"],"fromBeginning":true}""", "v");
        await File.WriteAllTextAsync(_directory.File("in/a.csv"), "t,v\n2024-01-01 00:00:00,1\n");
        await endpoint.ConnectAsync(CancellationToken.None);
        await File.WriteAllTextAsync(_directory.File("state"), "no folder");
        var batch = new ReadingBatch();
        PushOutcome first = await endpoint.ReceiveAsync(batch, CancellationToken.None);
        Assert.Equal((PushKind.BackFilled, 1), (first.Kind, batch.Count));
        batch.Clear();
        PushOutcome second = await endpoint.ReceiveAsync(batch, CancellationToken.None);
        Assert.Equal((PushKind.ConnectionLost, 0, false), (second.Kind, batch.Count, endpoint.IsConnected));
    }

    [Fact]
    public async Task The_end_of_a_line_that_is_too_long_is_no_line()
    {
        Directory.CreateDirectory(_directory.File("in"));
        string file = _directory.File("in/a.csv");
        await File.WriteAllTextAsync(file, "v\n" + new string('1', 70_000));
        FileTailEndpoint endpoint = Open("""{"directory":"DIR","files":"*.csv","fromBeginning":true,"lookMs":20}""", "v");
        await endpoint.ConnectAsync(CancellationToken.None);
        var stored = new SortedDictionary<long, double>();
        await ReceiveAsync(endpoint, stored);
        await File.AppendAllTextAsync(file, "2.5\n7.5\n");
        await ReceiveAsync(endpoint, stored);
        Assert.Equal([7.5], stored.Values);
    }

    [Theory]
    [InlineData("""{"directory":"in"}""", "v", "does not begin at the root")]
    [InlineData("""{"directory":"/in","separator":"ab"}""", "v", "is no separator")]
    [InlineData("""{"directory":"/in","files":"../x"}""", "v", "no name of files")]
    [InlineData("""{"directory":"/in","header":false}""", "v", "no header")]
    [InlineData("""{"directory":"/in"}""", "#0", "no number of a column")]
    [InlineData("""{"directory":"/in","pattern":"(?<a>1)"}""", "v", "no group 'v'")]
    [InlineData("""{"directory":"/in","encoding":"klingon"}""", "v", "no encoding")]
    public void Mistakes_are_told(string settings, string address, string expected)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "files", Driver = "file-tail", Settings = DriverAgent.Json(settings), Devices = [DriverAgent.Device("d", "{}", DriverAgent.Tag("t", address))],
        };
        Assert.Null(new FileTailDriverFactory().Compile(endpoint, ConfigPath.Root, errors));
        Assert.Contains(errors, error => error.Problem.Contains(expected, StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>One run over everything that is there, ended in order.</summary>
    private async Task<List<string>> RunAsync()
    {
        FileTailEndpoint endpoint = Open("""{"directory":"DIR","files":"press.log*","pattern":"^v=(?<v>[0-9]+)$"}""", "v");
        var values = new List<string>();
        await using (endpoint)
        {
            await endpoint.ConnectAsync(CancellationToken.None);
            using var ended = new CancellationTokenSource();
            ended.Cancel();
            var batch = new ReadingBatch();
            try
            {
                while (true)
                {
                    await endpoint.ReceiveAsync(batch, ended.Token);
                }
            }
            catch (OperationCanceledException)
            {
                values.AddRange(batch.Readings.ToArray().Select(reading => reading.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return values;
    }

    private FileTailEndpoint Open(string settings, string address, TempDirectory? directory = null, TimeProvider? time = null)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "files",
            Driver = "file-tail",
            Settings = DriverAgent.Json(settings.Replace("DIR", (directory ?? _directory).File("in"), StringComparison.Ordinal)),
            Devices = [DriverAgent.Device("d", "{}", DriverAgent.Tag("t", address))],
        };
        var plan = (FileTailPlan?)new FileTailDriverFactory().Compile(endpoint, ConfigPath.Root, errors);
        Assert.Empty(errors);
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [0])];
        return (FileTailEndpoint)plan!.Open(
            new EndpointServices(groups, time ?? TimeProvider.System, NullLoggerFactory.Instance) { StateDirectory = (directory ?? _directory).File("state") }, null);
    }
}
