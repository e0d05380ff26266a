using System.Diagnostics;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Keys that live ten seconds, under load; for five minutes with EDGEAGENT_LONG_TESTS=1.</summary>
public sealed class RenewalTests
{
    private static readonly ReadTarget[] s_targets = [new(new NodeId(2, "Scalar.Int32"), ReadTarget.ValueAttribute)];

    [PartnerFact("node-opcua")]
    public async Task Keys_are_renewed_under_load_without_losing_a_response_or_a_notification()
    {
        TimeSpan duration = Environment.GetEnvironmentVariable("EDGEAGENT_LONG_TESTS") == "1" ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(40);
        using var directory = new TempDirectory();
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"counters":100}""");
        OpcUaClientOptions secure = OpcUaClients.Open(server.Url) with
        {
            ChannelLifetimeMs = 10_000,
            SecurityMode = MessageSecurityMode.SignAndEncrypt,
            CertificateStore = new OpcUaCertificateStore(directory.Path),
            AutoAcceptServerCertificate = true,
        };
        await Task.WhenAll(ReadAsync(secure, duration), ReadAsync(secure with { SecurityMode = MessageSecurityMode.None }, duration));
    }

    private static async Task ReadAsync(OpcUaClientOptions options, TimeSpan duration)
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(options);
        var sink = new CountingSink(100);
        await using OpcUaSubscription subscription = client.CreateSubscription(
            new SubscriptionOptions { PublishingIntervalMs = 100 }, [.. Enumerable.Repeat(new MonitoredItemOptions(SamplingIntervalMs: 0, QueueSize: 100), 100)], sink);
        await sink.ReachAsync(1);
        var clock = Stopwatch.StartNew();
        Task<long>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            long reads = 0;
            for (var values = new DataValue[1]; clock.Elapsed < duration; reads++)
            {
                StatusCode status = await client.ReadAsync(s_targets, values);
                Assert.True(status.Value == StatusCodes.Good, $"{status} after {clock.Elapsed}, {options.SecurityMode}: {client.LastProblem}, {client.Statistics}");
                Assert.Equal(-320000, values[0].Value.TryGetInt64(out long value) ? value : 0);
            }
            return reads;
        }))];
        long total = (await Task.WhenAll(readers)).Sum();
        OpcUaClientStatistics statistics = client.Statistics;
        Assert.InRange(statistics.Renewals, (long)(duration.TotalSeconds / 7.5) - 2, (long)(duration.TotalSeconds / 7.5) + 1);
        Assert.Equal(1, statistics.Connections);
        Assert.Equal(0, statistics.LateResponses + statistics.Timeouts);
        // One change each 100 ms, and each of them came.
        await sink.ReachMoreAsync(1);
        sink.AssertComplete();
        Assert.Equal((0, 0), (subscription.Statistics.Lost, subscription.Statistics.Recreated));
        Assert.InRange(sink.Of(0).Length, (int)(duration.TotalSeconds * 5), int.MaxValue);
        Assert.True(total > duration.TotalSeconds * 10, $"only {total} reads");
    }
}
