using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Server;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>A simulated machine as an object with a variable for each of its signals.</summary>
internal sealed class MachineNodes(SimulatedMachine machine)
{
    private readonly Lock _gate = new();
    private DateTime _readAt;
    private MachineReadout _readout;

    /// <param name="historyValues">How many past values of each signal are kept.</param>
    public void AddTo(AddressSpace space, UaNode folder, ushort index, string name, int historyValues)
    {
        UaNode node = space.AddObject(folder, new NodeId(index, name), name);
        double power = machine.Profile.RatedPowerKw;
        Add("State", BuiltInType.UInt16, r => Variant.From((ushort)r.State), "0 stopped, 1 running, 2 idle, 3 alarm");
        Add("AlarmCode", BuiltInType.UInt16, r => Variant.From(r.AlarmCode), "0 without an alarm");
        Add("Running", BuiltInType.Boolean, r => Variant.From(r.State == MachineState.Running));
        Add("Parts", BuiltInType.UInt32, r => Variant.From(r.Parts), "parts made");
        Add("Rejects", BuiltInType.UInt32, r => Variant.From(r.Rejects), "rejected parts");
        Add("Cycle", BuiltInType.Float, r => Variant.From(r.CycleSeconds), "last cycle, s", (0, 60));
        Add("Temperature", BuiltInType.Float, r => Variant.From(r.TemperatureCelsius), "working temperature, °C", (0, 400));
        Add("Pressure", BuiltInType.Float, r => Variant.From(r.PressureBar), "working pressure, bar", (0, 250));
        Add("Load", BuiltInType.Float, r => Variant.From(r.LoadPercent), "drive load, %", (0, 100));
        Add("Power", BuiltInType.Float, r => Variant.From(r.PowerKw), "active power, kW", (0, power * 1.5));
        Add("Energy", BuiltInType.Double, r => Variant.From(r.EnergyWh / 1000.0), "energy meter, kWh");
        Add("Heartbeat", BuiltInType.UInt16, r => Variant.From(r.HeartbeatSeconds), "counts seconds");

        void Add(string signal, BuiltInType type, Func<MachineReadout, Variant> value, string? description = null, (double, double)? range = null) =>
            space.AddVariable(node, new UaVariable(new NodeId(index, $"{name}.{signal}"), signal, type, utc => new DataValue(value(ReadAt(utc))))
            {
                Description = description,
                Range = range,
                History = historyValues > 0 ? new HistoryRing(historyValues) : null,
            });
    }

    // All signals of a machine are usually read for the same instant.
    private MachineReadout ReadAt(DateTime utc)
    {
        lock (_gate)
        {
            if (utc != _readAt)
            {
                _readout = machine.ReadAt(UnixTicks.From(new DateTimeOffset(utc)));
                _readAt = utc;
            }

            return _readout;
        }
    }
}
