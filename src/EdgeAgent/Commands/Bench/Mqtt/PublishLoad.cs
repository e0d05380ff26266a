using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>Publishers that keep the window full; measured while they run, so that starting and stopping is not counted.</summary>
internal static class PublishLoad
{
    public const int InFlight = 100;
    private const int WarmUp = 100_000;
    private const int Measured = 400_000;

    public static async Task<MessageCost> MeasureAsync(int port, BenchContext context)
    {
        context.Report("mqtt: publishing");
        await using MqttClient client = await BenchClient.ConnectAsync(port, context);
        byte[] topic = "bench/publish"u8.ToArray();
        Task publishing = Task.Run(() => BenchClient.FillAsync(client, topic, WarmUp + Measured + WarmUp));
        await UntilAsync(client, WarmUp, publishing, context);
        MessageCost.Mark start = MessageCost.Now(context.Time, client.Statistics.MessagesAcknowledged);
        await UntilAsync(client, WarmUp + Measured, publishing, context);
        MessageCost cost = MessageCost.Since(start, context.Time, client.Statistics.MessagesAcknowledged);
        await publishing;
        return cost;
    }

    private static async Task UntilAsync(MqttClient client, int acknowledged, Task publishing, BenchContext context)
    {
        while (client.Statistics.MessagesAcknowledged < acknowledged && !publishing.IsFaulted)
        {
            await context.Wait(TimeSpan.FromMilliseconds(50));
        }
    }
}
