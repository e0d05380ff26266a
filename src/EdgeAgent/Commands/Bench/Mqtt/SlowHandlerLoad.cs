using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>A handler of 1 ms against a broker that has far more to give: messages must stay there, not gather here.</summary>
internal static class SlowHandlerLoad
{
    public const int Waiting = 100_000;
    public const int Seconds = 3;
    private const double BytesPerMegabyte = 1e6;

    public static async Task<SlowHandlerFigures> MeasureAsync(int port, BenchContext context)
    {
        context.Report("mqtt: slow handler");
        const string Topic = "bench/slow";
        Func<MqttClientOptions, MqttClientOptions> session = o => o with { ClientId = "bench-slow", CleanStart = false };
        await using (MqttClient early = await BenchClient.ConnectAsync(port, context, null, session))
        {
            await early.SubscribeAsync([new MqttSubscription(Topic)], context.Cancellation);
        }
        await using (MqttClient publisher = await BenchClient.ConnectAsync(port, context))
        {
            await BenchClient.FillAsync(publisher, "bench/slow"u8.ToArray(), Waiting);
        }
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        long before = Environment.WorkingSet;
        int handled = 0;
        await using MqttClient subscriber = await BenchClient.ConnectAsync(port, context, async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), context.Time, cancellation);
            handled++;
        }, session);
        await context.Wait(TimeSpan.FromSeconds(Seconds));
        long ahead = subscriber.Statistics.MessagesReceived - Volatile.Read(ref handled);
        return new SlowHandlerFigures(Math.Max(Environment.WorkingSet - before, 0) / BytesPerMegabyte, ahead);
    }
}
