using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Plant;

/// <summary>Seals one batch an hour of the machines of one agent, as an agent does.</summary>
internal sealed class PlantAgent : IDisposable
{
    public const string StateTag = "running";

    /// <summary>The agent with the wrong clock: everything it says is an hour ahead.</summary>
    private const string AheadAgent = "gw-3";

    private readonly BatchBuilder _builder = new();
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly AgentKey _key;
    private readonly Machine[] _machines;
    private readonly PlantDefinition _definition;
    private readonly int[] _stateTags;
    private byte[] _previous = new byte[BatchFormat.HashBytes];
    private long _sequence;

    public PlantAgent(string site, string agent, Machine[] machines)
    {
        (_key, _machines) = (new AgentKey(site, agent), machines);
        List<TagDefinition> tags = [.. machines.Select((_, i) => new TagDefinition(i, "value", ValueKind.Float64, "kW", 60_000))];
        _stateTags = Array.ConvertAll(machines, m =>
        {
            if (!m.HasState)
            {
                return -1;
            }

            tags.Add(new TagDefinition(Array.IndexOf(machines, m), StateTag, ValueKind.Int64, "", 60_000));
            return tags.Count - 1;
        });
        _definition = DefinitionCodec.Create([.. machines.Select(m => new DeviceDefinition(m.Device, "modbus-tcp", m.Address, m.Asset))], tags);
    }

    public StoredBatch Batch(int trueHour, int due, int sent)
    {
        int hour = trueHour + (_key.Agent == AheadAgent ? 1 : 0);
        _builder.Clear();
        ReadingBatch readings = new();
        List<ScanAccount> accounts = [];
        for (int i = 0; i < _machines.Length; i++)
        {
            Machine machine = _machines[i];
            if (machine.Good(trueHour) is not { } good)
            {
                continue;
            }

            int stored = good == 0 ? 0 : sent;
            accounts.Add(new ScanAccount(i, hour, machine.Provenance, due, good, due - good, 0, 0, due - stored, 0, stored, machine.Frozen ? 0 : good / 2));
            for (int part = 0; part < stored; part++)
            {
                long at = (hour * UnixTicks.PerHour) + (part * UnixTicks.PerHour / sent);
                readings.Add(Reading.Float64(i, Quality.Good, at, Math.Round(machine.ValueAt(trueHour, part), 3)));
                if (_stateTags[i] >= 0)
                {
                    readings.Add(Reading.Int64(_stateTags[i], Quality.Good, at, machine.StateAt(trueHour, part)));
                }
            }
        }

        foreach (ref readonly Reading reading in readings.Readings)
        {
            _builder.Add(readings, reading);
        }

        accounts.ForEach(a => _builder.AddAccount(a));
        bool first = ++_sequence == 1;
        if (first)
        {
            _builder.SetDefinition(_definition);
        }

        long created = (hour + 1) * UnixTicks.PerHour;
        SealedBatch batch = _builder.Seal(new BatchHeader(_key.Site, _key.Agent, _incarnation, _sequence, _previous, created, _definition.ConfigHash), _signer);
        byte[] previous = _previous;
        _previous = batch.Hash.ToArray();
        return new StoredBatch(
            _key, _incarnation, _sequence, batch.Signed.ToArray(), _previous, previous, created, _definition, first ? _definition : null, readings, accounts, []);
    }

    public void Dispose() => _signer.Dispose();
}
