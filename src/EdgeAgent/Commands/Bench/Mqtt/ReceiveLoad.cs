using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>Receives messages that wait in the broker for a session, so that publishing them is not counted.</summary>
internal static class ReceiveLoad
{
    private const int WarmUp = 50_000;
    private const int Measured = 150_000;

    public static async Task<MessageCost> MeasureAsync(int port, BenchContext context)
    {
        context.Report("mqtt: receiving");
        const string Topic = "bench/receive";
        Func<MqttClientOptions, MqttClientOptions> session = o => o with { ClientId = "bench-receive", CleanStart = false };
        await using (MqttClient early = await BenchClient.ConnectAsync(port, context, null, session))
        {
            await early.SubscribeAsync([new MqttSubscription(Topic)], context.Cancellation);
        }
        await using (MqttClient publisher = await BenchClient.ConnectAsync(port, context))
        {
            await BenchClient.FillAsync(publisher, "bench/receive"u8.ToArray(), WarmUp + Measured);
        }
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        MessageCost.Mark start = default;
        MessageCost cost = default;
        int received = 0;
        ValueTask Handle(MqttMessage message, CancellationToken cancellation)
        {
            int count = ++received;
            if (count == WarmUp)
            {
                start = MessageCost.Now(context.Time, count);
            }
            else if (count == WarmUp + Measured)
            {
                cost = MessageCost.Since(start, context.Time, count);
                done.TrySetResult();
            }
            return default;
        }

        await using MqttClient subscriber = await BenchClient.ConnectAsync(port, context, Handle, session);
        await done.Task.WaitAsync(context.Cancellation);
        return cost;
    }
}
