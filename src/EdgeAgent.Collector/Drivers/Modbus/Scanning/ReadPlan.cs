using EdgeAgent.Collector.Drivers.Modbus.Planning;

namespace EdgeAgent.Collector.Drivers.Modbus.Scanning;

/// <summary>The requests of one scan group as they stand, renewed whenever something was learnt about the device.</summary>
internal sealed class ReadPlan(ModbusTag[] sorted, ModbusDeviceSettings settings, AddressFacts facts)
{
    private readonly List<ReadBlock> _blocks = [];
    private ModbusTag[] _active = [];
    private ModbusTag[] _refused = [];
    private int[] _offsets = [];
    private byte[] _wire = [];
    private int _version;

    public IReadOnlyList<ReadBlock> Blocks => _blocks;

    /// <summary>The tags that the blocks serve.</summary>
    public ReadOnlySpan<ModbusTag> Active => _active;

    /// <summary>Tags at addresses that the device refuses; they are not asked for.</summary>
    public ReadOnlySpan<ModbusTag> Refused => _refused;

    public int BlockCount => _blocks.Count;

    public ReadBlock this[int block] => _blocks[block];

    /// <summary>Where the data of a block's answer goes.</summary>
    public Memory<byte> WireOf(int block) => _wire.AsMemory(_offsets[block], _blocks[block].DataBytes);

    public ReadOnlySpan<ModbusTag> TagsOf(in ReadBlock block) => _active.AsSpan(block.FirstTag, block.TagCount);

    public void Renew()
    {
        if (_version == facts.Version)
        {
            return;
        }

        _version = facts.Version;
        _active = [.. sorted.Where(tag => !facts.Refuses(tag.Function, tag.Address, tag.End))];
        _refused = [.. sorted.Where(tag => facts.Refuses(tag.Function, tag.Address, tag.End))];
        BlockPlanner.Plan(_active, settings, facts, _blocks);
        _offsets = new int[_blocks.Count];
        int size = 0;
        for (int i = 0; i < _blocks.Count; i++)
        {
            _offsets[i] = size;
            size += _blocks[i].DataBytes;
        }

        _wire = new byte[size];
    }
}
