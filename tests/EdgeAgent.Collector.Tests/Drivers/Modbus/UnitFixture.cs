using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Collector.Drivers.Modbus.Scanning;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus.Registers;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

/// <summary>One device and one scan group over a scripted line.</summary>
internal sealed class UnitFixture
{
    private readonly GroupReader _reader;
    private readonly ModbusTag[] _tags;

    public UnitFixture(ModbusTag[] tags, ModbusDeviceSettings? settings = null, int inFlightMax = 1)
    {
        _tags = tags;
        Unit = new ModbusUnit(settings ?? new ModbusDeviceSettings { Identify = false }, Line, Time, new AddressFacts());
        _reader = new GroupReader(Unit, tags, inFlightMax);
    }

    public FakeTimeProvider Time { get; } = new();

    public ScriptedLine Line { get; } = new();

    public ModbusUnit Unit { get; }

    /// <summary>Readings of the last scan by tag id.</summary>
    public Dictionary<int, Reading> Readings { get; } = [];

    public ScanOutcome Scan(int probeDeadlineMs = 0, long connection = 1)
    {
        using var onThisThread = new ThisThreadOnly();
        Line.Requests.Clear();
        Readings.Clear();
        var batch = new ReadingBatch();
        ValueTask<ScanOutcome> scan = _reader.ScanAsync(probeDeadlineMs, batch, connection, CancellationToken.None);
        while (!scan.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        ScanOutcome outcome = scan.Result;
        foreach (Reading reading in batch.Readings)
        {
            Assert.True(Readings.TryAdd(reading.TagId, reading), $"tag {reading.TagId} has two readings");
        }

        Assert.Equal(_tags.Length, Readings.Count);
        return outcome;
    }

    /// <summary>Whether every good reading has the value that lies at its address.</summary>
    public void AssertGoodValuesAreRight()
    {
        foreach (ModbusTag tag in _tags.Where(tag => Readings[tag.Id].Quality.IsGood && tag.Type == ModbusValueType.UInt16))
        {
            Assert.Equal((ulong)tag.Address, Readings[tag.Id].AsUInt64);
        }
    }
}
