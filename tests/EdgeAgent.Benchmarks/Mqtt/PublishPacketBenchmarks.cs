using BenchmarkDotNet.Attributes;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Benchmarks.Mqtt;

/// <summary>Writing a PUBLISH of 1 KiB at QoS 1.</summary>
[MemoryDiagnoser]
public class PublishPacketBenchmarks
{
    private readonly byte[] _topic = "edgeagent/v1/site/agent/batch"u8.ToArray();
    private readonly byte[] _payload = new byte[1024];
    private readonly PacketBuffer _buffer = new();

    [Benchmark]
    public int Write()
    {
        _buffer.Clear();
        return PublishPacket.Write(_buffer, MqttVersion.V5, _topic, default, _payload, MqttQos.AtLeastOnce, retain: false, dup: false, packetId: 1);
    }
}
