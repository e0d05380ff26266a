using System.Text;
using EdgeAgent.Collector.Drivers.Modbus.Decoding;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Checks the tags of one device and compiles them.</summary>
internal sealed class ModbusTagCompiler
{
    private readonly ModbusDeviceSettings _device;
    private readonly ConfigPath _path;
    private readonly ConfigErrors _errors;
    private readonly Encoding? _encoding;

    public ModbusTagCompiler(ModbusDeviceSettings device, ConfigPath path, ConfigErrors errors)
    {
        _device = device;
        _path = path;
        _errors = errors;
        if (!ModbusOrderNames.TryParse(device.Order, 4, out _))
        {
            errors.Add(path.Member("settings").Member("order"), $"'{device.Order}' is no byte order", "ABCD, CDAB, BADC or DCBA", "\"ABCD\", or \"CDAB\" when floats look wrong");
        }

        if (!TextEncodings.TryGet(device.Encoding, out _encoding))
        {
            errors.Add(path.Member("settings").Member("encoding"), $"'{device.Encoding}' is no encoding known here", "utf-8, gb18030 or latin1", "\"gb18030\" for Chinese text");
        }
    }

    /// <param name="id">Number within the endpoint.</param>
    /// <param name="index">Position in the device's list.</param>
    public ModbusTag? Compile(TagConfig tag, int id, int index)
    {
        ConfigPath path = tag.Source ?? _path.Member("tags").Index(index);
        if (!ModbusAddressParser.TryParse(tag.Address, _device.AddressBase, out ModbusTagAddress address, out string problem))
        {
            _errors.Add(path.Member("address"), $"tag '{tag.Name}': {problem}: '{tag.Address}'",
                "hr:100, ir:100, co:5, di:7, hr:100.3 for a bit, or a reference number such as 40101", "see Drivers/Modbus/README.md");
            return null;
        }

        return address.IsBitTable ? CompileBit(tag, address, id, path) : CompileRegisters(tag, address, id, path);
    }

    private ModbusTag? CompileBit(TagConfig tag, ModbusTagAddress address, int id, ConfigPath path)
    {
        if (tag.Type is not (null or TagType.Bool) || tag.Bit is not null)
        {
            _errors.Add(path.Member(tag.Bit is null ? "type" : "bit"), $"tag '{tag.Name}': a coil or discrete input is a single bit", "bool", "leave it out");
            return null;
        }

        return new ModbusTag(id, address.Function, address.Address, 1, ModbusValueType.Bit, ModbusOrder.BigEndian, -1, 0, null);
    }

    private ModbusTag? CompileRegisters(TagConfig tag, ModbusTagAddress address, int id, ConfigPath path)
    {
        int before = _errors.Total;
        int bit = BitOf(tag, address, path);
        ModbusValueType type = TypeOf(tag, bit);
        int length = LengthOf(tag, type, path);
        int count = length > 0 ? (length + 1) / 2 : type.Registers();
        ModbusOrder order = OrderOf(tag, type, path);
        if (bit >= count * 16)
        {
            _errors.Add(path.Member("bit"), $"tag '{tag.Name}': bit {bit} lies outside {count} register(s)", $"0 to {(count * 16) - 1}", "");
        }

        if (bit >= 0 && type is ModbusValueType.String or ModbusValueType.Bytes or ModbusValueType.Float32 or ModbusValueType.Float64)
        {
            _errors.Add(path.Member("type"), $"tag '{tag.Name}': a bit can only be taken out of an integer", "uint16, uint32 or uint64", "leave the type out");
        }

        if (address.Address + count > ModbusTagAddress.AddressMax + 1)
        {
            _errors.Add(path.Member("address"), $"tag '{tag.Name}': {count} registers do not fit behind {tag.Address}", "a value inside the table", "");
        }

        if (count > _device.RegistersMax)
        {
            _errors.Add(path.Member(length > 0 ? "length" : "type"), $"tag '{tag.Name}' fills {count} registers, the device answers {_device.RegistersMax} at once",
                $"at most {_device.RegistersMax} registers, because a value is never read in two halves", "a greater registersMax, if the device allows it");
        }

        return _errors.Total > before
            ? null
            : new ModbusTag(id, address.Function, address.Address, count, type, order, bit, length, type == ModbusValueType.String ? _encoding : null);
    }

    private int BitOf(TagConfig tag, ModbusTagAddress address, ConfigPath path)
    {
        if (tag.Bit is { } bit && address.Bit >= 0 && bit != address.Bit)
        {
            _errors.Add(path.Member("bit"), $"tag '{tag.Name}': bit {bit} here, bit {address.Bit} in the address", "one of the two", "leave it out here");
        }

        return tag.Bit ?? address.Bit;
    }

    /// <summary>Without a type, a register is an unsigned number, and a bit comes out of one register.</summary>
    private static ModbusValueType TypeOf(TagConfig tag, int bit) => tag.Type switch
    {
        null => ModbusValueType.UInt16,
        TagType.Bool => bit >= 0 ? ModbusValueType.UInt16 : ModbusValueType.Bit,
        TagType.Int8 => ModbusValueType.Int8,
        TagType.UInt8 => ModbusValueType.UInt8,
        TagType.Int16 => ModbusValueType.Int16,
        TagType.UInt16 => ModbusValueType.UInt16,
        TagType.Int32 => ModbusValueType.Int32,
        TagType.UInt32 => ModbusValueType.UInt32,
        TagType.Int64 => ModbusValueType.Int64,
        TagType.UInt64 => ModbusValueType.UInt64,
        TagType.Float32 => ModbusValueType.Float32,
        TagType.Float64 => ModbusValueType.Float64,
        TagType.Bcd16 => ModbusValueType.Bcd16,
        TagType.Bcd32 => ModbusValueType.Bcd32,
        TagType.String => ModbusValueType.String,
        TagType.Bytes => ModbusValueType.Bytes,
        _ => throw new InvalidOperationException($"No Modbus type for {tag.Type}."),
    };

    private int LengthOf(TagConfig tag, ModbusValueType type, ConfigPath path)
    {
        bool needsLength = type is ModbusValueType.String or ModbusValueType.Bytes;
        if (needsLength && tag.Length is null or < 1 or > TagDecoder.LengthMax)
        {
            _errors.Add(path.Member("length"), $"tag '{tag.Name}': {(tag.Length is null ? "missing" : $"{tag.Length} bytes")}",
                $"the length in bytes, 1 to {TagDecoder.LengthMax}", "two bytes for each register");
            return 2;
        }

        if (!needsLength && tag.Length is not null)
        {
            _errors.Add(path.Member("length"), $"tag '{tag.Name}': only texts and bytes have a length", "nothing here", "\"type\": \"string\"");
        }

        return needsLength ? tag.Length!.Value : 0;
    }

    private ModbusOrder OrderOf(TagConfig tag, ModbusValueType type, ConfigPath path)
    {
        int size = type.OrderBytes();
        if (tag.Order is null)
        {
            return ModbusOrderNames.TryParse(_device.Order, size, out ModbusOrder fromDevice) ? fromDevice : ModbusOrder.BigEndian;
        }

        if (!ModbusOrderNames.TryParse(tag.Order, size, out ModbusOrder order))
        {
            string expected = size switch
            {
                2 => "AB or BA",
                4 => "ABCD, CDAB, BADC or DCBA",
                _ => "ABCD, CDAB, BADC, DCBA or eight letters such as GHEFCDAB",
            };
            _errors.Add(path.Member("order"), $"tag '{tag.Name}': '{tag.Order}' is no byte order for {size} bytes", expected, "leave it out for the device's order");
        }

        return order;
    }
}
