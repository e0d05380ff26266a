using System.IO.Compression;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Commands.Bench.Ingest;

/// <summary>Readings that InfluxDB takes in a second through the store, beside what it takes as bare lines.</summary>
internal sealed class IngestInfluxScenario : IBenchScenario
{
    private const int Batches = 800;
    private const double ShareMin = 0.8;
    private const long NanosecondsPerTick = 100;

    public string Name => "ingest-influxdb";

    public string Description => "Batches of 2,500 readings committed to InfluxDB, against the same lines prepared before and only posted.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        context.Report("preparing batches");
        IngestLoad load = await IngestLoad.PrepareAsync(context, Batches);
        await using InfluxProcess server = await InfluxProcess.StartAsync(context);
        context.Report("posting bare lines");
        TimeSpan bareCpu = server.Cpu();
        double bare = await PostBareAsync(load, server, context);
        bareCpu = server.Cpu() - bareCpu;
        await using var store = new InfluxStore(
            new InfluxOptions { Url = server.Url, Database = "through_the_store", RetentionMonths = 0, RefusedDirectory = Path.Combine(context.Directory, "refused") }, context.Time);
        TimeSpan serverCpu = server.Cpu(), ownCpu = CpuTime.OfThisProcess();
        context.Report("appending through the store");
        double seconds = await load.AppendAsync(store, context);
        ownCpu = CpuTime.OfThisProcess() - ownCpu;
        serverCpu = server.Cpu() - serverCpu;
        return new BenchResult(
            [
                BenchMeasurement.Observed("bare lines", load.Readings / bare, "readings/s"),
                BenchMeasurement.Observed("through the store", load.Readings / seconds, "readings/s"),
                BenchMeasurement.AtLeast("  share of the bare rate", bare / seconds, "ratio", ShareMin),
                BenchMeasurement.Observed("  CPU of the hub's side", ownCpu.TotalMicroseconds / load.Readings, "µs/reading"),
                BenchMeasurement.Observed("  CPU of the server", serverCpu.TotalMicroseconds / load.Readings, "µs/reading"),
                BenchMeasurement.Observed("  CPU of the server, bare lines", bareCpu.TotalMicroseconds / load.Readings, "µs/reading"),
            ],
            [$"{load.Readings:N0} readings of 10,000 series in {Batches} batches. The bare lines are formatted and compressed before the clock starts and posted in blocks of the store's size.",
             "Through the store come the evidence, the accounts, the sequences and the check for repeated batches as well."]);
    }

    private static async Task<double> PostBareAsync(IngestLoad load, InfluxProcess server, BenchContext context)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        (await client.PostAsync(new Uri("query?q=CREATE%20DATABASE%20bare", UriKind.Relative), null, context.Cancellation)).EnsureSuccessStatusCode();
        List<byte[]> blocks = Format(load);
        long start = context.Time.GetTimestamp();
        foreach (byte[] block in blocks)
        {
            using var content = new ByteArrayContent(block);
            content.Headers.ContentEncoding.Add("gzip");
            using HttpResponseMessage answer = await client.PostAsync(new Uri("write?db=bare&precision=ns", UriKind.Relative), content, context.Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        return context.Time.GetElapsedTime(start).TotalSeconds;
    }

    private static List<byte[]> Format(IngestLoad load)
    {
        int bytesMax = new InfluxOptions { Url = new Uri("http://127.0.0.1"), Database = "", RefusedDirectory = "" }.WriteBytesMax;
        var blocks = new List<byte[]>();
        var lines = new LineBuffer();
        foreach (StoredBatch batch in load.Groups.SelectMany(g => g))
        {
            byte[][] keys = [.. batch.Definition.Tags.Select(t => ReadingFormatter.Key(new SeriesKey(batch.Agent.Site, batch.Agent.Agent, batch.Definition.Devices[t.DeviceId].Name, t.Name)))];
            foreach (ref readonly Reading reading in batch.Readings.Readings)
            {
                ReadingFormatter.Write(lines, keys[reading.TagId], reading, batch.Readings.BytesOf(reading), Provenance.Live, reading.SourceTicks * NanosecondsPerTick);
                if (lines.Length >= bytesMax)
                {
                    blocks.Add(Compress(lines));
                }
            }
        }

        if (lines.Length > 0)
        {
            blocks.Add(Compress(lines));
        }

        return blocks;
    }

    private static byte[] Compress(LineBuffer lines)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(lines.Written.Span);
        }

        lines.Clear();
        return target.ToArray();
    }
}
