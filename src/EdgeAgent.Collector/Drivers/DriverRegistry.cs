using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Collector.Drivers.Cjt188;
using EdgeAgent.Collector.Drivers.Dlt645;
using EdgeAgent.Collector.Drivers.FileTail;
using EdgeAgent.Collector.Drivers.Frames;
using EdgeAgent.Collector.Drivers.Hj212;
using EdgeAgent.Collector.Drivers.Melsec;
using EdgeAgent.Collector.Drivers.Http;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Drivers.MqttIn;
using EdgeAgent.Collector.Drivers.MtConnect;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Collector.Drivers.Probe;
using EdgeAgent.Collector.Drivers.S7;

namespace EdgeAgent.Collector.Drivers;

/// <summary>The drivers that a configuration may name.</summary>
public sealed class DriverRegistry
{
    private readonly Dictionary<string, IDriverFactory> _factories = new(StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public IEnumerable<string> Names => _factories.Keys.Order(StringComparer.Ordinal);

    /// <summary>The factories, sorted by name.</summary>
    public IEnumerable<IDriverFactory> Factories => _factories.Values.OrderBy(factory => factory.Name, StringComparer.Ordinal);

    /// <summary>Every driver of this program.</summary>
    public static DriverRegistry CreateDefault() => new DriverRegistry()
        .Add(ModbusDriverFactory.Tcp)
        .Add(ModbusDriverFactory.RtuOverTcp)
        .Add(ModbusDriverFactory.Udp)
        .Add(ModbusDriverFactory.Listen)
        .Add(ModbusDriverFactory.Rtu)
        .Add(ModbusDriverFactory.Ascii)
        .Add(new Dlt645DriverFactory())
        .Add(new Cjt188DriverFactory())
        .Add(S7DriverFactory.Instance)
        .Add(MelsecDriverFactory.Instance)
        .Add(ProbeDriverFactory.Instance)
        .Add(HttpDriverFactory.Instance)
        .Add(MtConnectDriverFactory.Instance)
        .Add(new OpcUaDriverFactory())
        .Add(new MqttInDriverFactory())
        .Add(FramesDriverFactory.Tcp)
        .Add(FramesDriverFactory.Listen)
        .Add(FramesDriverFactory.Serial)
        .Add(Hj212DriverFactory.Listen)
        .Add(Hj212DriverFactory.Tcp)
        .Add(Hj212DriverFactory.Serial)
        .Add(new FileTailDriverFactory());

    public DriverRegistry Add(IDriverFactory factory)
    {
        _factories.Add(factory.Name, factory);
        return this;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out IDriverFactory? factory) => _factories.TryGetValue(name, out factory);
}
