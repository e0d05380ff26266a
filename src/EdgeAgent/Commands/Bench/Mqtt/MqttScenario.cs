namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>What one MQTT message costs this process, to and from Mosquitto.</summary>
internal sealed class MqttScenario : IBenchScenario
{
    public string Name => "mqtt";

    public string Description => "CPU and memory for each message of 1 KiB at QoS 1 to and from Mosquitto, and memory behind a slow handler";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        await using MosquittoProcess broker = await MosquittoProcess.StartAsync(context);
        MessageCost publish = await PublishLoad.MeasureAsync(broker.Port, context);
        MessageCost receive = await ReceiveLoad.MeasureAsync(broker.Port, context);
        SlowHandlerFigures slow = await SlowHandlerLoad.MeasureAsync(broker.Port, context);
        return new BenchResult(
            [
                BenchMeasurement.AtMost("publish CPU", publish.CpuUs, "us/message", 12),
                BenchMeasurement.AtMost("publish allocated", publish.WholeBytes, "bytes/message", 0),
                BenchMeasurement.Observed("publish rate", publish.PerSecond, "messages/s"),
                BenchMeasurement.AtMost("receive CPU", receive.CpuUs, "us/message", 6),
                BenchMeasurement.AtMost("receive allocated", receive.WholeBytes, "bytes/message", 100),
                BenchMeasurement.Observed("receive rate", receive.PerSecond, "messages/s"),
                BenchMeasurement.AtMost("slow handler, memory grown", slow.GrownMegabytes, "MB", 16),
                BenchMeasurement.AtMost("slow handler, taken from the socket ahead of it", slow.MessagesAhead, "messages", 4096),
            ],
            [
                $"publish: {PublishLoad.InFlight} in flight, CPU of the whole process, user and system, over {publish.Messages:N0} messages",
                $"receive: {receive.Messages:N0} messages that waited in the broker",
                $"slow handler: 1 ms a message with {SlowHandlerLoad.Waiting:N0} messages waiting in the broker, for {SlowHandlerLoad.Seconds} s",
                "allocated bytes are rounded down to whole bytes a message: timers and the like run beside the messages",
            ]);
    }
}
